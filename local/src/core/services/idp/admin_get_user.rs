//! `AdminGetUser`.

use serde::Deserialize;
use serde_json::Value;

use super::Context;
use crate::core::directory::Pools;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user_pool_id: String,
    username: String,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pools.get(&input.user_pool_id)?.find(&input.username).ok_or_else(user_not_found)?;
    let mut reply = user.summary();
    reply.insert("UserAttributes".into(), user.attribute_list(|_| true).into());
    reply.extend(user.totp.settings());
    Ok(reply.into())
}
