//! Signing in: flows, challenges and tokens.

mod admin_initiate_auth;
mod admin_respond_to_auth_challenge;
pub(crate) mod after_sign_up;
mod challenges;
pub(crate) mod code;
mod code_answer;
mod custom_auth;
mod device_srp;
mod device_srp_answer;
mod flows;
mod initiate_auth;
pub(crate) mod issue;
mod mfa_setup;
mod mfa_setup_answer;
mod new_password;
mod new_password_answer;
pub(crate) mod next;
pub(crate) mod parameters;
pub(crate) mod refresh;
mod respond_to_auth_challenge;
mod select_challenge;
mod select_mfa_type;
mod select_mfa_type_answer;
mod srp_challenge;
mod srp_exchange;
mod step_up;
mod user_auth;
pub(crate) mod user_password_auth;
mod user_srp_auth;
pub(crate) mod waiting;
mod web_authn;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminInitiateAuth" => run.in_pool(admin_initiate_auth::run),
        "AdminRespondToAuthChallenge" => run.in_pool(admin_respond_to_auth_challenge::run),
        "InitiateAuth" => run.of_client(initiate_auth::run),
        "RespondToAuthChallenge" => run.of_client(respond_to_auth_challenge::run),
        _ => return None,
    })
}
