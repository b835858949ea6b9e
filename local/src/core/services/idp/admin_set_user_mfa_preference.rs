//! `AdminSetUserMFAPreference`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::mfa_preference::Preferences;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    username: String,
    #[serde(flatten)]
    preferences: Preferences,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pools.get(&input.user_pool_id)?.find_mut(&input.username).ok_or_else(user_not_found)?;
    input.preferences.apply(user, context.now_ms)?;
    Ok(json!({}))
}
