//! `AdminSetUserMFAPreference`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::mfa_preference::Preferences;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    #[serde(flatten)]
    preferences: Preferences,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    input.preferences.apply(pool, &input.username, context.now_ms)?;
    Ok(json!({}))
}
