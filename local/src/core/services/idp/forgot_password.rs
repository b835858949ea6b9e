//! `ForgotPassword`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Context, recovery};
use crate::core::directory::Pools;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    secret_hash: Option<String>,
    username: String,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let (pool, client) = pools.of_client(&input.client_id)?;
    client.check_secret_hash(&input.username, input.secret_hash.as_deref())?;
    let destination = recovery::start_reset(pool, &client, &input.username, context)?;
    Ok(json!({ "CodeDeliveryDetails": destination.details() }))
}
