//! `CreateUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::error::{ServiceError, invalid};
use crate::core::pools::Pools;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    domain: String,
    managed_login_version: Option<u8>,
}

/// Remembers the prefix. The hosted UI of every pool is at this emulator's own address anyway.
pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let taken = pools.iter().any(|pool| pool.domain.as_ref() == Some(&input.domain));
    let pool = pools.get(&input.user_pool_id)?;
    if taken {
        return Err(invalid("Domain already associated with another user pool."));
    }
    if pool.domain.is_some() {
        return Err(invalid("User pool already has a domain configured."));
    }
    pool.domain = Some(input.domain);
    Ok(json!({ "ManagedLoginVersion": input.managed_login_version.unwrap_or(1) }))
}
