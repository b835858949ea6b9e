//! `GetIdentityProviderByIdentifier`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, provider_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    idp_identifier: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let found = pool.providers.iter().find(|provider| provider.answers_to(&input.idp_identifier));
    let provider = found.ok_or_else(|| provider_not_found(&input.idp_identifier))?;
    Ok(json!({ "IdentityProvider": provider.describe() }))
}
