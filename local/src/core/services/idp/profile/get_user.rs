//! `GetUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::own::own;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    let user = own(&bearer)?;
    let client = bearer.pool.client(&bearer.client_id);
    let readable = |name: &str| name == "sub" || client.is_some_and(|client| client.may_read(name));
    let mut reply = user.mfa.shown();
    reply.insert("Username".into(), json!(user.username));
    reply.insert("UserAttributes".into(), user.attribute_list(readable).into());
    Ok(reply.into())
}
