//! `AdminSetUserPassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::directory::UserStatus;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    username: String,
    password: String,
    #[serde(default)]
    permanent: bool,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    let status = if input.permanent { UserStatus::Confirmed } else { UserStatus::ForceChangePassword };
    pool.set_password(&input.username, &input.password, status, context.random.bytes(), context.now_ms)?;
    Ok(json!({}))
}
