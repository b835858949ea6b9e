//! `DescribeUserPoolClient`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{AppClient, UserPool};
use crate::core::service::Context;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, client_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
}

pub(super) fn run(pool: &mut UserPool, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let client = pool.client(&input.client_id).ok_or_else(|| client_not_found(&input.client_id))?;
    Ok(json!({ "UserPoolClient": describe(client) }))
}

/// `UserPoolClientType`.
pub(super) fn describe(client: &AppClient) -> Value {
    let mut described = client.settings.shown();
    described["ClientId"] = json!(client.id);
    described["CreationDate"] = json!(epoch_seconds(client.created_ms));
    described["LastModifiedDate"] = json!(epoch_seconds(client.modified_ms));
    if let Some(secret) = client.secret() {
        described["ClientSecret"] = json!(secret);
    }
    described
}
