//! `GetUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::{ServiceError, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    let user = bearer.pool.find(&bearer.username).ok_or_else(user_not_found)?;
    let client = bearer.pool.client(&bearer.client_id);
    let readable = |name: &str| name == "sub" || client.is_some_and(|client| client.may_read(name));
    let mut reply = user.mfa.shown();
    reply.insert("Username".into(), json!(user.username));
    reply.insert("UserAttributes".into(), user.attribute_list(readable).into());
    Ok(reply.into())
}
