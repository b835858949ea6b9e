//! `AdminGetDevice`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::page::owner;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    device_key: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = owner(pool, &input.username)?;
    let pool_id = pool.id.clone();
    let device = pool.devices(&username)?.get(&input.device_key)?;
    Ok(json!({ "Device": device.shown(&pool_id, &username) }))
}
