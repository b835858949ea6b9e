//! `UpdateAuthEventFeedback`: never with success. Its tokens are in mails about risky sign-ins, and no sign-in is found risky here.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::{FeedbackValue, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    #[serde(rename = "EventId")]
    _event_id: String,
    #[serde(rename = "FeedbackToken")]
    _feedback_token: String,
    #[serde(rename = "FeedbackValue")]
    _feedback_value: FeedbackValue,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.find(&input.username).ok_or_else(user_not_found)?;
    pool.check_threat_protection()?;
    Err(not_authorized("Invalid feedback token"))
}
