//! `CreateCIMDPolicy`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{MetadataPolicy, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    policy_name: String,
    cache_duration: Option<u64>,
    #[serde(rename = "URLPatterns")]
    url_patterns: Vec<String>,
}

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.check_has_client(&input.client_id)?;
    pool.settings.check_metadata_documents()?;
    let id = context.random.text(26, ALPHABET);
    let policy = MetadataPolicy {
        client_id: input.client_id,
        name: input.policy_name,
        cache_seconds: input.cache_duration,
        url_patterns: input.url_patterns,
        created_ms: context.now_ms,
        modified_ms: context.now_ms,
    };
    pool.metadata_policies.add(id.clone(), policy);
    Ok(json!({ "CIMDPolicy": pool.describe_metadata_policy(&id)? }))
}
