//! `DescribeUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    domain: String,
}

/// The description of an unknown domain is empty.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.of_domain(&context.region, &input.domain);
    let described = pool.and_then(|pool| pool.describe_domain(&input.domain));
    Ok(json!({ "DomainDescription": described.unwrap_or_else(|| json!({})) }))
}
