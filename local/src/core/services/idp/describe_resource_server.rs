//! `DescribeResourceServer`.

use serde::Deserialize;
use serde_json::{Value, json};

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
    let server = pools.get(&input.user_pool_id)?.resource_server(&input.identifier)?;
    Ok(json!({ "ResourceServer": server }))
}
