//! `GetTokensFromRefreshToken`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Context, refresh};
use crate::core::directory::Pools;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    refresh_token: String,
    client_id: String,
    client_secret: Option<String>,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    client.check_secret(input.client_secret.as_deref())?;
    let result = refresh::tokens(pool, &client, &input.refresh_token, context)?;
    Ok(json!({ "AuthenticationResult": result }))
}
