//! `AdminGetUser`.

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
    let user = pool.find(&input.username).ok_or_else(user_not_found)?;
    let mut reply = user.summary();
    reply.insert("UserAttributes".into(), user.attribute_list(|_| true).into());
    reply.extend(user.mfa.shown());
    Ok(reply.into())
}
