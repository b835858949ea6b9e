//! `GetTokensFromRefreshToken`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::services::idp::sign_in::refresh;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    refresh_token: String,
    client_secret: Option<String>,
    device_key: Option<String>,
}

pub(super) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    client.check_secret(input.client_secret.as_deref())?;
    let result = refresh::tokens(pool, client, &input.refresh_token, input.device_key.as_deref(), context)?;
    Ok(json!({ "AuthenticationResult": result }))
}
