//! `GetDevice`.

use serde::Deserialize;
use serde_json::{Value, json};

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
    let Bearer { pool, username, .. } = bearer;
    let pool_id = pool.id.clone();
    let device = pool.devices(&username)?.get(&input.device_key)?;
    Ok(json!({ "Device": device.shown(&pool_id, &username) }))
}
