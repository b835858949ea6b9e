//! Signing in: flows, challenges and tokens.

mod initiate_auth;
pub(crate) mod issue;
mod mfa_setup;
mod new_password;
pub(crate) mod next;
pub(crate) mod parameters;
pub(crate) mod refresh;
mod respond_to_auth_challenge;
mod software_token_mfa;
mod user_password_auth;
pub(crate) mod user_srp_auth;
pub(crate) mod waiting;

use serde_json::Value;

use super::dispatch::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "InitiateAuth" => run.of_client(initiate_auth::run),
        "RespondToAuthChallenge" => run.of_client(respond_to_auth_challenge::run),
        _ => return None,
    })
}
