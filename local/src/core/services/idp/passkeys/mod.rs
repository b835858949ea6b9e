//! Passkeys of the signed-in user.

mod complete_web_authn_registration;
mod delete_web_authn_credential;
mod list_web_authn_credentials;
mod start_web_authn_registration;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "CompleteWebAuthnRegistration" => run.by_token(complete_web_authn_registration::run),
        "DeleteWebAuthnCredential" => run.by_token(delete_web_authn_credential::run),
        "ListWebAuthnCredentials" => run.by_token(list_web_authn_credentials::run),
        "StartWebAuthnRegistration" => run.by_token(start_web_authn_registration::run),
        _ => return None,
    })
}
