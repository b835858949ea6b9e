//! `AdminEnableUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let user = pool.find_mut(&input.username).ok_or_else(user_not_found)?;
    (user.enabled, user.modified_ms) = (true, context.now_ms);
    Ok(json!({}))
}
