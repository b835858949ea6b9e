//! `DeleteResourceServer`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    identifier: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    pool.resource_server(&input.identifier)?;
    pool.resource_servers.retain(|server| server.identifier != input.identifier);
    Ok(Value::Null)
}
