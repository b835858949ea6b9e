//! `UpdateIdentityProvider`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::create_identity_provider::check_identifiers;
use crate::core::directory::UserPool;
use crate::core::directory::providers::ProviderSettings;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, provider_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    provider_name: String,
    provider_details: Option<BTreeMap<String, String>>,
    attribute_mapping: Option<BTreeMap<String, String>>,
    idp_identifiers: Option<Vec<String>>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let name = &input.provider_name;
    let found = pool.providers.iter().position(|provider| provider.name() == name);
    let at = found.ok_or_else(|| provider_not_found(name))?;
    let old = pool.providers[at].settings.clone();
    let mut details = input.provider_details.unwrap_or_else(|| old.provider_details.clone());
    // Describe does not show it, so that scripts can't send it back.
    if let Some(key) = old.provider_details.get("private_key") {
        details.entry("private_key".into()).or_insert_with(|| key.clone());
    }
    let settings = ProviderSettings {
        provider_details: details,
        attribute_mapping: input.attribute_mapping.unwrap_or(old.attribute_mapping),
        idp_identifiers: input.idp_identifiers.unwrap_or(old.idp_identifiers),
        ..old
    };
    let settings = settings.checked(&pool.settings)?;
    check_identifiers(pool, name, &settings.idp_identifiers)?;
    let provider = &mut pool.providers[at];
    (provider.settings, provider.modified_ms) = (settings, context.now_ms);
    Ok(json!({ "IdentityProvider": provider.describe() }))
}
