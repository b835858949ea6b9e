//! `GetLogDeliveryConfiguration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    Ok(json!({ "LogDeliveryConfiguration": describe(pool) }))
}

/// `LogDeliveryConfigurationType`.
pub(super) fn describe(pool: &UserPool) -> Value {
    json!({ "UserPoolId": pool.id, "LogConfigurations": pool.logs })
}
