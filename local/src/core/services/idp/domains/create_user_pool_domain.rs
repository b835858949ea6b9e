//! `CreateUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Domain, Pools};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    domain: String,
    managed_login_version: Option<u8>,
}

/// Keeps the prefix, which is taken in its region only.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let taken = pools.of_domain(&context.region, &input.domain).is_some();
    let pool = pools.get(&input.user_pool_id)?;
    if taken {
        return Err(invalid("Domain already associated with another user pool."));
    }
    if pool.domain.is_some() {
        return Err(invalid("User pool already has a domain configured."));
    }
    let managed_login_version = input.managed_login_version.unwrap_or(1);
    pool.domain = Some(Domain { prefix: input.domain, managed_login_version, created_ms: context.now_ms });
    Ok(json!({ "ManagedLoginVersion": managed_login_version }))
}
