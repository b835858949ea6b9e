//! `UnlinkDeveloperIdentity`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::identity_pools::{conflict, identity_not_found};
use crate::core::wire::error::{ServiceError, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    identity_id: String,
    identity_pool_id: String,
    developer_provider_name: String,
    developer_user_identifier: String,
}

pub(super) fn run(context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let (now_ms, id, user) = (context.now_ms, &input.identity_id, &input.developer_user_identifier);
    let pool = context.pools.get(&input.identity_pool_id)?;
    pool.check_developer_provider(&input.developer_provider_name)?;
    pool.identities.get(id).ok_or_else(|| identity_not_found(id))?;
    match pool.identities.holder(&input.developer_provider_name, user) {
        Some(holder) if holder == id => {}
        Some(_) => return Err(conflict("The developer user identifier is registered with another identity.")),
        None => return Err(not_found(format!("The developer user identifier {user} is not registered."))),
    }
    pool.identities.unlink_subject(id, &input.developer_provider_name, user, now_ms);
    Ok(Value::Null)
}
