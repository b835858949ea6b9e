//! `UpdateUserPoolDomain`.

use serde::Deserialize;
use serde_json::Value;

use super::reply::reply;
use crate::core::directory::{CustomDomainConfig, Domain, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, not_found, unsupported};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    domain: String,
    managed_login_version: Option<i64>,
    custom_domain_config: Option<CustomDomainConfig>,
    routing: Option<Value>,
}

/// What is not given stays.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if input.routing.is_some() {
        return Err(unsupported("Routing: a pool lives in one region here"));
    }
    let version = input.managed_login_version.map(|version| Domain::checked_version(version, &pool.settings));
    let version = version.transpose()?;
    let domain = pool.domain_mut(&input.domain).ok_or_else(|| not_found("No such domain or user pool exists."))?;
    if let Some(config) = input.custom_domain_config {
        if domain.custom.is_none() {
            return Err(invalid("CustomDomainConfig is for custom domains only."));
        }
        domain.custom = Some(config.checked()?);
    }
    domain.managed_login_version = version.unwrap_or(domain.managed_login_version);
    domain.modified_ms = context.now_ms;
    Ok(reply(domain))
}
