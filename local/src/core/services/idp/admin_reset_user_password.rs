//! `AdminResetUserPassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Context, recovery};
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
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    recovery::reset_by_admin(pool, &username, context)?;
    Ok(json!({}))
}
