//! `ListTagsForResource`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_arn: String,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.of_arn(&input.resource_arn, &context.region)?;
    Ok(json!({ "Tags": pool.tags() }))
}
