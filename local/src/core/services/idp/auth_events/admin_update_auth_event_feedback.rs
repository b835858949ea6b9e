//! `AdminUpdateAuthEventFeedback`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{FeedbackValue, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    event_id: String,
    feedback_value: FeedbackValue,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.find(&input.username).ok_or_else(user_not_found)?;
    pool.check_threat_protection()?;
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    user.auth_events.judge(&input.event_id, input.feedback_value, context.now_ms)?;
    Ok(json!({}))
}
