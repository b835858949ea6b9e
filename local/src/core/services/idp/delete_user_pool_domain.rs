//! `DeleteUserPoolDomain`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    domain: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    if pool.domain.as_ref().is_none_or(|domain| domain.prefix != input.domain) {
        return Err(not_found("No such domain or user pool exists."));
    }
    pool.domain = None;
    Ok(json!({}))
}
