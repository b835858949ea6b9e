//! `ChangePassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{EventType, Limit, UserStatus};
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::services::idp::auth_events;
use crate::core::wire::error::{ServiceError, missing_parameter, reset_required, user_not_found, wrong_password};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    /// "Required if the user has a password."
    previous_password: Option<String>,
    proposed_password: String,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = bearer.pool.find_mut(&bearer.username).ok_or_else(user_not_found)?;
    if user.status == UserStatus::ResetRequired {
        return Err(reset_required());
    }
    user.calls.count(Limit::ChangePassword, context.now_ms)?;
    let user = bearer.pool.find(&bearer.username).ok_or_else(user_not_found)?;
    if let Some(verifier) = &user.verifier {
        let previous = input.previous_password.ok_or_else(|| missing_parameter("PreviousPassword"))?;
        if !verifier.matches(bearer.pool.name(), &bearer.username, &previous) {
            return Err(wrong_password());
        }
    }
    let (salt, status) = (context.random.bytes(), user.status);
    bearer.pool.set_password(&bearer.username, &input.proposed_password, status, salt, context.now_ms)?;
    auth_events::note(bearer.pool, &bearer.username, EventType::PasswordChange, context);
    Ok(json!({}))
}
