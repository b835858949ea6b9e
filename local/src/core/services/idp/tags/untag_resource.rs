//! `UntagResource`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// Keys that are not there are no error.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.of_arn(&input.resource_arn, &context.region)?;
    Arc::make_mut(&mut pool.settings).remove_tags(&input.tag_keys);
    Ok(json!({}))
}
