//! `TagResource`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_arn: String,
    tags: BTreeMap<String, String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    context.pools.of_arn(&input.resource_arn, &context.region)?.add_tags(input.tags)?;
    Ok(json!({}))
}
