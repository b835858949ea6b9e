//! Signing up, and confirming it.

mod admin_confirm_sign_up;
pub(crate) mod confirm_sign_up;
pub(crate) mod migrate;
pub(crate) mod resend_confirmation_code;
pub(crate) mod sign_up;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminConfirmSignUp" => run.in_pool(admin_confirm_sign_up::run),
        "ConfirmSignUp" => run.of_client(confirm_sign_up::run),
        "ResendConfirmationCode" => run.of_client(resend_confirmation_code::run),
        "SignUp" => run.may_be_blank("Password").of_client(sign_up::run),
        _ => return None,
    })
}
