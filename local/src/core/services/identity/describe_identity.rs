//! `DescribeIdentity`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::identity_pools::identity_not_found;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_id: String,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let id = &input.identity_id;
    let identity = context.pools.of_identity(id)?.identities.get(id);
    Ok(identity.ok_or_else(|| identity_not_found(id))?.describe(id))
}
