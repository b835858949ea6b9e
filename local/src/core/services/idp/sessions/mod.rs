//! Sessions that a pool tracks: who is signed in where.

mod admin_list_user_sessions;
mod admin_revoke_user_session;
mod associated;
mod get_user_pool_client_session_configuration;
mod get_user_pool_session_configuration;
mod list_user_sessions;
mod revoke_user_session;
mod set_user_pool_client_session_configuration;
mod set_user_pool_session_configuration;

pub(super) use associated::Associated;
use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminListUserSessions" => run.in_pool(admin_list_user_sessions::run),
        "AdminRevokeUserSession" => run.in_pool(admin_revoke_user_session::run),
        "GetUserPoolClientSessionConfiguration" => run.in_pool(get_user_pool_client_session_configuration::run),
        "GetUserPoolSessionConfiguration" => run.in_pool(get_user_pool_session_configuration::run),
        "ListUserSessions" => run.by_token(list_user_sessions::run),
        "RevokeUserSession" => run.by_token(revoke_user_session::run),
        "SetUserPoolClientSessionConfiguration" => run.in_pool(set_user_pool_client_session_configuration::run),
        "SetUserPoolSessionConfiguration" => run.in_pool(set_user_pool_session_configuration::run),
        _ => return None,
    })
}
