//! `AdminDisableUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    username: String,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    (user.enabled, user.modified_ms) = (false, context.now_ms);
    // "Disables the user and revokes all access tokens" (AdminDisableUser).
    let username = user.username.clone();
    pool.grants.revoke_user(&username);
    Ok(json!({}))
}
