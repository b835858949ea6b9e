//! `GlobalSignOut`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Context;
use super::access::bearer;
use crate::core::directory::Pools;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    access_token: String,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let bearer = bearer(pools, &input.access_token, context)?;
    bearer.pool.grants.revoke_user(&bearer.username);
    Ok(json!({}))
}
