//! `SetUserMFAPreference`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::mfa_preference::Preferences;
use crate::core::services::idp::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(flatten)]
    preferences: Preferences,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = bearer.pool.find_mut(&bearer.username).ok_or_else(user_not_found)?;
    input.preferences.apply(user, context.now_ms)?;
    Ok(json!({}))
}
