//! `GetUserPoolSessionConfiguration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
pub(super) struct Input {}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, _: Input) -> Result<Value, ServiceError> {
    Ok(shown(pool))
}

/// `GetUserPoolSessionConfigurationResponse`.
pub(super) fn shown(pool: &UserPool) -> Value {
    let tracking = &pool.session_tracking;
    json!({
        "UserPoolId": pool.id,
        "UserSessionTracking": if tracking.enabled { "ENABLED" } else { "DISABLED" },
        "TokenSession": { "MaxPerUser": tracking.most_per_user },
    })
}
