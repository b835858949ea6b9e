//! `AdminUpdateDeviceStatus`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{RememberedStatus, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    device_key: String,
    device_remembered_status: Option<RememberedStatus>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let devices = pool.devices(&input.username)?;
    devices.remember(&input.device_key, input.device_remembered_status, context.now_ms)?;
    Ok(json!({}))
}
