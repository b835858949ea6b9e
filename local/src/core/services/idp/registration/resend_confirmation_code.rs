//! `ResendConfirmationCode`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{AppClient, EventType, Limit, UserPool, UserStatus};
use crate::core::service::Context;
use crate::core::services::idp::auth_events;
use crate::core::services::idp::delivery::{Destination, send_sign_up_code};
use crate::core::wire::error::{ServiceError, invalid, username_client_not_found};
use crate::core::world::inbox::MessageKind;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    username: String,
}

pub(crate) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    resend(pool, client, &input.username, context)
}

/// Sends another code for a sign-up: the reply of `ResendConfirmationCode`.
///
/// # Errors
/// As the operation, but for the secret hash.
pub(crate) fn resend(
    pool: &mut UserPool,
    client: &AppClient,
    login: &str,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let Some(user) = pool.find(login) else {
        if client.hides_unknown_users() {
            return Ok(json!({ "CodeDeliveryDetails": Destination::simulated(login).details() }));
        }
        return Err(username_client_not_found());
    };
    if user.status != UserStatus::Unconfirmed {
        return Err(invalid("User is already confirmed."));
    }
    let username = user.username.clone();
    let destination = Destination::for_sign_up(&pool.settings, user);
    let destination = destination.ok_or_else(|| invalid("Auto verification not turned on."))?;
    if destination.attribute == "email" {
        pool.check_links()?;
    }
    if let Some(user) = pool.find_mut(&username) {
        user.calls.count(Limit::ResendConfirmationCode, context.now_ms)?;
    }
    auth_events::note(pool, &username, EventType::ResendCode, context);
    send_sign_up_code(pool, &client.id, &username, &destination, MessageKind::Resend, context)?;
    Ok(json!({ "CodeDeliveryDetails": destination.details() }))
}
