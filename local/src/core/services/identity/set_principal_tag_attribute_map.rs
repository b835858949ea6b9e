//! `SetPrincipalTagAttributeMap`.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

use super::Context;
use crate::core::identity_pools::PrincipalTags;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_pool_id: String,
    identity_provider_name: String,
    #[serde(default)]
    use_defaults: bool,
    #[serde(default)]
    principal_tags: BTreeMap<String, String>,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = context.pools.get(&input.identity_pool_id)?;
    if input.use_defaults && !input.principal_tags.is_empty() {
        return Err(invalid("PrincipalTags can't be given together with UseDefaults."));
    }
    let tags = PrincipalTags::new(input.use_defaults, input.principal_tags);
    pool.principal_tags.insert(input.identity_provider_name.clone(), tags);
    Ok(pool.describe_principal_tags(&input.identity_provider_name))
}
