//! The user's own profile.

mod delete_user;
mod delete_user_attributes;
mod get_user;
mod get_user_attribute_verification_code;
mod own;
pub(super) mod update_user_attributes;
mod verify_user_attribute;

use serde_json::Value;

use super::run::Run;
use crate::core::wire::error::ServiceError;

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
