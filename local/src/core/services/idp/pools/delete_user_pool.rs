//! `DeleteUserPool`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let pool = pools.get(&input.user_pool_id)?;
    if pool.settings.deletion_protection == "ACTIVE" {
        return Err(invalid(
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
        ));
    }
    pool.check_no_import()?;
    if pool.domain.is_some() || pool.custom_domain.is_some() {
        return Err(invalid("User pool cannot be deleted. It has a domain configured that should be deleted first."));
    }
    pools.remove(&input.user_pool_id);
    Ok(Value::Null)
}
