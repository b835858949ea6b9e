//! `DeleteUser`.

use serde::Deserialize;
use serde_json::Value;

use super::own::own;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    own(&bearer)?;
    bearer.pool.remove_user(&bearer.username);
    Ok(Value::Null)
}
