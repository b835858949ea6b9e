//! `AddUserPoolClientSecret`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::create_user_pool_client::new_secret;
use crate::core::directory::UserPool;
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: String,
    client_secret: Option<String>,
}

/// Only a secret that was made here is shown, and only now.
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let made = input.client_secret.is_none().then(|| new_secret(context));
    let value = input.client_secret.or_else(|| made.clone()).unwrap_or_default();
    let mut descriptor = pool.change_client(&input.client_id, |client| client.add_secret(value, context.now_ms))?;
    if let Some(made) = made {
        descriptor["ClientSecretValue"] = json!(made);
    }
    Ok(json!({ "ClientSecretDescriptor": descriptor }))
}
