//! Passwords: forgotten, changed, set by an administrator.

mod admin_reset_user_password;
mod admin_set_user_password;
mod change_password;
mod confirm_forgot_password;
mod forgot_password;
pub(crate) mod reset;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "AdminResetUserPassword" => run.in_pool(admin_reset_user_password::run),
        "AdminSetUserPassword" => run.in_pool(admin_set_user_password::run),
        "ChangePassword" => run.by_token(change_password::run),
        "ConfirmForgotPassword" => run.of_client(confirm_forgot_password::run),
        "ForgotPassword" => run.of_client(forgot_password::run),
        _ => return None,
    })
}
