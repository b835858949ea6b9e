//! `ForgetDevice`.

use serde::Deserialize;
use serde_json::Value;

use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    device_key: String,
}

pub(super) fn run(bearer: Bearer<'_>, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    bearer.pool.devices(&bearer.username)?.forget(&input.device_key)?;
    Ok(Value::Null)
}
