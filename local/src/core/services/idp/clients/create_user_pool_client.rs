//! `CreateUserPoolClient`.

use serde_json::{Value, json};
use std::sync::Arc;

use super::describe_user_pool_client;
use crate::core::directory::{AppClient, ClientSettings, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

pub(super) fn run(
    pool: &mut UserPool,
    context: &mut Context<'_>,
    settings: ClientSettings,
) -> Result<Value, ServiceError> {
    let mut settings = settings.checked()?;
    pool.check_client(&settings)?;
    if settings.generate_secret {
        if settings.client_secret.is_some() {
            return Err(invalid("ClientSecret can't be given together with GenerateSecret"));
        }
        settings.client_secret = Some(new_secret(context));
    }
    let client = AppClient::new(context.random.text(26, ALPHABET), settings, context.now_ms);
    let described = describe_user_pool_client::describe(&client);
    pool.clients.push(Arc::new(client));
    Ok(json!({ "UserPoolClient": described }))
}

/// A secret in the form of those that AWS makes.
pub(super) fn new_secret(context: &mut Context<'_>) -> String {
    context.random.text(52, ALPHABET)
}
