//! `AdminDeleteSoftwareToken`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{MfaFactor, Totp, UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

/// The user can then set up another app.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    if user.status == UserStatus::Unconfirmed {
        return Err(ServiceError::new("UserNotConfirmedException", "User is not confirmed."));
    }
    if !user.totp.is_set_up() {
        return Err(invalid("User does not have a software token."));
    }
    user.totp = Totp::default();
    user.mfa.disable(MfaFactor::SoftwareToken);
    user.modified_ms = context.now_ms;
    Ok(json!({}))
}
