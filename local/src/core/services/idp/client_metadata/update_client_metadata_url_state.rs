//! `UpdateClientMetadataURLState`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    #[serde(rename = "CIMDPolicyId")]
    id: String,
    #[serde(rename = "URL")]
    url: String,
    /// Nothing is cached that it could be done to.
    #[serde(rename = "Action")]
    _action: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    pool.metadata_policies.get(&input.id)?;
    pool.settings.check_metadata_documents()?;
    let text = format!("There is no cached client metadata document for {}.", input.url);
    Err(ServiceError::new("CachedCIMDURLDoesNotExistException", text))
}
