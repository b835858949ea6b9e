//! `UpdateProvisionedLimit`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{LimitDefinition, Pools};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    limit_definition: LimitDefinition,
    requested_limit_value: i64,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pools.limits.set(&context.region, &input.limit_definition, input.requested_limit_value)?;
    Ok(json!({ "Limit": pools.limits.describe(&context.region, &input.limit_definition)? }))
}
