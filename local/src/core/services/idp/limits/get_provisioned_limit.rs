//! `GetProvisionedLimit`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{LimitDefinition, Pools};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    limit_definition: LimitDefinition,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    Ok(json!({ "Limit": pools.limits.describe(&context.region, &input.limit_definition)? }))
}
