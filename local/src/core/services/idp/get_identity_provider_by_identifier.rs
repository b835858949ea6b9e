//! `GetIdentityProviderByIdentifier`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, provider_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    idp_identifier: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    let found = pool.providers.iter().find(|provider| provider.answers_to(&input.idp_identifier));
    let provider = found.ok_or_else(|| provider_not_found(&input.idp_identifier))?;
    Ok(json!({ "IdentityProvider": provider.describe() }))
}
