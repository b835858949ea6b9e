//! `TagResource`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_arn: String,
    tags: BTreeMap<String, String>,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.of_arn(&input.resource_arn, &context.region)?;
    Arc::make_mut(&mut pool.settings).add_tags(input.tags)?;
    Ok(json!({}))
}
