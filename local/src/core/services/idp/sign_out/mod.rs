//! Ending sessions, and renewing tokens by rotation.

mod admin_user_global_sign_out;
mod get_tokens_from_refresh_token;
mod global_sign_out;
mod revoke_token;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminUserGlobalSignOut" => run.in_pool(admin_user_global_sign_out::run),
        "GetTokensFromRefreshToken" => run.of_client(get_tokens_from_refresh_token::run),
        "GlobalSignOut" => run.by_token(global_sign_out::run),
        "RevokeToken" => run.with(revoke_token::run),
        _ => return None,
    })
}
