//! `SetLogDeliveryConfiguration`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::get_log_delivery_configuration::describe;
use crate::core::directory::{LogConfiguration, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    log_configurations: Vec<LogConfiguration>,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    LogConfiguration::check_all(&input.log_configurations, &pool.settings)?;
    pool.logs = input.log_configurations;
    Ok(json!({ "LogDeliveryConfiguration": describe(pool) }))
}
