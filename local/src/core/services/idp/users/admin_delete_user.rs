//! `AdminDeleteUser`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = pool.find(&input.username).ok_or_else(user_not_found)?.username.clone();
    pool.remove_user(&username);
    Ok(Value::Null)
}
