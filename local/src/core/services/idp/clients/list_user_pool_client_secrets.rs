//! `ListUserPoolClientSecrets`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, client_not_found, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    next_token: Option<String>,
}

/// All of them, without their values: "The response does not include pagination tokens".
pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if input.next_token.is_some() {
        return Err(invalid("Invalid pagination token"));
    }
    let client = pool.client(&input.client_id).ok_or_else(|| client_not_found(&input.client_id))?;
    Ok(json!({ "ClientSecrets": client.secret_descriptors() }))
}
