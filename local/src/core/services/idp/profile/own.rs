//! The user of an access token.

use crate::core::directory::{User, UserStatus};
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, reset_required, user_not_found};

/// The user of an access token, whom all these operations are about.
///
/// # Errors
/// `PasswordResetRequiredException` for a user whom an administrator has asked to choose another password.
pub(super) fn own<'a>(bearer: &'a Bearer<'_>) -> Result<&'a User, ServiceError> {
    let user = bearer.pool.find(&bearer.username).ok_or_else(user_not_found)?;
    if user.status == UserStatus::ResetRequired { Err(reset_required()) } else { Ok(user) }
}
