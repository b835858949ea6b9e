//! `DescribeUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::error::ServiceError;
use crate::core::pools::Pools;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    domain: String,
}

/// A domain that nobody has is described by nothing.
pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.iter().find(|pool| pool.domain.as_ref() == Some(&input.domain));
    let description = pool.map_or_else(
        || json!({}),
        |pool| json!({ "UserPoolId": pool.id, "AWSAccountId": "000000000000", "Domain": input.domain, "Status": "ACTIVE" }),
    );
    Ok(json!({ "DomainDescription": description }))
}
