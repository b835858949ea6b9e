//! The user's own profile.

mod delete_user;
mod delete_user_attributes;
mod get_user;
mod get_user_attribute_verification_code;
pub(super) mod update_user_attributes;
mod verify_user_attribute;

use serde_json::Value;

use super::access::Bearer;
use super::run::Run;
use crate::core::directory::{User, UserStatus};
use crate::core::wire::error::{ServiceError, reset_required, user_not_found};

/// Performs one of these operations.
pub(super) fn perform(run: &mut Run<'_, '_>, operation: &str) -> Option<Result<Value, ServiceError>> {
    Some(match operation {
        "DeleteUser" => run.by_token(delete_user::run),
        "DeleteUserAttributes" => run.by_token(delete_user_attributes::run),
        "GetUser" => run.by_token(get_user::run),
        "GetUserAttributeVerificationCode" => run.by_token(get_user_attribute_verification_code::run),
        "UpdateUserAttributes" => run.by_token(update_user_attributes::run),
        "VerifyUserAttribute" => run.by_token(verify_user_attribute::run),
        _ => return None,
    })
}

/// The user of an access token, whom all these operations are about.
///
/// # Errors
/// `PasswordResetRequiredException` for a user whom an administrator has asked to choose another password.
fn own<'a>(bearer: &'a Bearer<'_>) -> Result<&'a User, ServiceError> {
    let user = bearer.pool.find(&bearer.username).ok_or_else(user_not_found)?;
    if user.status == UserStatus::ResetRequired { Err(reset_required()) } else { Ok(user) }
}
