//! `ListClientMetadataURLs`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "CIMDPolicyId")]
    id: String,
    next_token: Option<String>,
    #[serde(rename = "MaxResults")]
    _max_results: Option<usize>,
}

/// There are none: no client is known by a document.
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.metadata_policies.get(&input.id)?;
    match input.next_token {
        Some(_) => Err(invalid("Invalid pagination token")),
        None => Ok(json!({ "ClientMetadataURLs": [] })),
    }
}
