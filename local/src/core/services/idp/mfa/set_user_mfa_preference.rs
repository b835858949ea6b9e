//! `SetUserMFAPreference`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::mfa_preference::Preferences;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(flatten)]
    preferences: Preferences,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.user()?;
    input.preferences.apply(bearer.pool, &bearer.username, context.now_ms)?;
    Ok(json!({}))
}
