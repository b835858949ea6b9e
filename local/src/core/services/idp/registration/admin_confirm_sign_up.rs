//! `AdminConfirmSignUp`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::confirm_sign_up::check_unconfirmed;
use crate::core::directory::{UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::services::triggers::{self, Confirmed};
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

/// Confirms the user but verifies no address.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    check_unconfirmed(user.status)?;
    (user.status, user.code, user.modified_ms) = (UserStatus::Confirmed, None, context.now_ms);
    let username = user.username.clone();
    triggers::post_confirmation(pool, Confirmed::SignUp, &username, context)?;
    Ok(json!({}))
}
