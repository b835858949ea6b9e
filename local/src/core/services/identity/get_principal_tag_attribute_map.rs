//! `GetPrincipalTagAttributeMap`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    identity_provider_name: String,
}

/// A provider without a mapping has an empty one.
pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.get(&input.identity_pool_id)?;
    Ok(pool.describe_principal_tags(&input.identity_provider_name))
}
