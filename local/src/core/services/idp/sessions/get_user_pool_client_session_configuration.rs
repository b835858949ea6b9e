//! `GetUserPoolClientSessionConfiguration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, client_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    shown(pool, &input.client_id)
}

/// `GetUserPoolClientSessionConfigurationResponse`.
///
/// # Errors
/// `ResourceNotFoundException`.
pub(super) fn shown(pool: &UserPool, client_id: &str) -> Result<Value, ServiceError> {
    pool.client(client_id).ok_or_else(|| client_not_found(client_id))?;
    let minutes = pool.session_tracking.sso_minutes(client_id);
    Ok(json!({ "UserPoolId": pool.id, "ClientId": client_id, "SSOSession": { "MaxValidityMinutes": minutes } }))
}
