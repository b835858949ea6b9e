//! `UntagResource`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    resource_arn: String,
    tag_keys: Vec<String>,
}

/// Keys that are not there are no error.
pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    context.pools.of_arn(&input.resource_arn, &context.region)?.remove_tags(&input.tag_keys);
    Ok(json!({}))
}
