//! `DeleteIdentityProvider`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, provider_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    provider_name: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    let found = pool.providers.iter().position(|provider| provider.name() == input.provider_name);
    pool.providers.remove(found.ok_or_else(|| provider_not_found(&input.provider_name))?);
    Ok(Value::Null)
}
