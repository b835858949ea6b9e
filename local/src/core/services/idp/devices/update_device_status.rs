//! `UpdateDeviceStatus`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::RememberedStatus;
use crate::core::service::Context;
use crate::core::services::idp::access::Bearer;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    device_key: String,
    device_remembered_status: Option<RememberedStatus>,
}

pub(super) fn run(bearer: Bearer<'_>, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    bearer.check_status()?;
    let devices = bearer.pool.devices(&bearer.username)?;
    devices.remember(&input.device_key, input.device_remembered_status, context.now_ms)?;
    Ok(json!({}))
}
