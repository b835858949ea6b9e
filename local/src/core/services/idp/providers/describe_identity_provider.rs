//! `DescribeIdentityProvider`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, provider_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    provider_name: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let provider = pool.provider(&input.provider_name).ok_or_else(|| provider_not_found(&input.provider_name))?;
    Ok(json!({ "IdentityProvider": provider.describe() }))
}
