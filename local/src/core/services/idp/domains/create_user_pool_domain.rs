//! `CreateUserPoolDomain`.

use serde::Deserialize;
use serde_json::Value;

use super::reply::reply;
use crate::core::directory::{CustomDomainConfig, Domain, Pools};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, unsupported};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    domain: String,
    managed_login_version: Option<i64>,
    custom_domain_config: Option<CustomDomainConfig>,
    routing: Option<Value>,
}

/// Keeps the domain. A prefix is taken in its region only, a custom domain everywhere. A pool has one of each at most.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if input.routing.is_some() {
        return Err(unsupported("Routing: a pool lives in one region here"));
    }
    let taken = pools.of_domain(&context.region, &input.domain).is_some();
    let pool = pools.get(&input.user_pool_id)?;
    let version = Domain::checked_version(input.managed_login_version.unwrap_or(1), &pool.settings)?;
    let domain = Domain::new(input.domain, version, input.custom_domain_config, context.now_ms)?;
    if taken {
        return Err(invalid("Domain already associated with another user pool."));
    }
    let slot = if domain.custom.is_some() { &mut pool.custom_domain } else { &mut pool.domain };
    if slot.is_some() {
        return Err(invalid("User pool already has a domain configured."));
    }
    let replied = reply(&domain);
    *slot = Some(domain);
    Ok(replied)
}
