//! `UpdateCIMDPolicy`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "CIMDPolicyId")]
    id: String,
    client_id: String,
    policy_name: Option<String>,
    cache_duration: Option<u64>,
    #[serde(rename = "URLPatterns")]
    url_patterns: Vec<String>,
}

/// What is not given stays.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    pool.settings.check_metadata_documents()?;
    let policy = pool.metadata_policies.get(&input.id)?;
    policy.client_id = input.client_id;
    if let Some(name) = input.policy_name {
        policy.name = name;
    }
    policy.url_patterns = input.url_patterns;
    policy.cache_seconds = input.cache_duration.or(policy.cache_seconds);
    policy.modified_ms = context.now_ms;
    Ok(json!({ "CIMDPolicy": pool.describe_metadata_policy(&input.id)? }))
}
