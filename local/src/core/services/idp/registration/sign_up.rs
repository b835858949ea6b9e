//! `SignUp`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{AppClient, Attribute, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::idp::delivery::{Destination, send_sign_up_code};
use crate::core::services::idp::sign_in::after_sign_up;
use crate::core::srp::Verifier;
use crate::core::wire::error::{ServiceError, invalid, not_authorized};
use crate::core::world::inbox::MessageKind;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Input {
    username: String,
    password: Option<String>,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
}

pub(crate) fn run(
    pool: &mut UserPool,
    client: &Arc<AppClient>,
    context: &mut Context<'_>,
    input: Input,
) -> Result<Value, ServiceError> {
    register(
        pool,
        client,
        NewUser { username: input.username, password: input.password, attributes: input.user_attributes },
        context,
    )
}

/// Someone who signs up.
pub(crate) struct NewUser {
    pub(crate) username: String,
    pub(crate) password: Option<String>,
    pub(crate) attributes: Vec<Attribute>,
}

/// Adds an unconfirmed user and sends the code: the reply of `SignUp`.
///
/// # Errors
/// As the operation, but for the secret hash.
pub(crate) fn register(
    pool: &mut UserPool,
    client: &AppClient,
    new: NewUser,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    if pool.settings.only_admins_create_users() {
        return Err(not_authorized("SignUp is not permitted for this user pool"));
    }
    let password = new.password.filter(|password| !password.is_empty());
    match &password {
        Some(password) => pool.settings.password_policy().check(password)?,
        None if pool.settings.allows_no_password() && client.allows("USER_AUTH") => {}
        None => return Err(invalid("Password is required")),
    }
    let named_by = pool.settings.username_attribute(&new.username)?;
    let mut given = new.attributes;
    if let Some(attribute) = named_by {
        given.retain(|other| other.name != attribute);
        given.push(Attribute { name: attribute.into(), value: new.username.clone() });
    }
    let attributes = pool.settings.new_attributes(Writer::Client(client), given)?;

    let sub = context.random.uuid();
    let username = if named_by.is_some() { sub.clone() } else { new.username };
    let salt = context.random.bytes();
    let verifier = password.map(|password| Verifier::new(pool.name(), &username, &password, salt));
    let user = User {
        attributes,
        verifier,
        ..User::new(username.clone(), sub.clone(), UserStatus::Unconfirmed, context.now_ms)
    };
    let destination = Destination::for_sign_up(&pool.settings, &user);
    if destination.as_ref().is_some_and(|to| to.attribute == "email") {
        pool.check_links()?;
    }
    pool.add_user(user)?;
    let mut reply = json!({ "UserConfirmed": false, "UserSub": sub });
    if let Some(destination) = destination {
        reply["CodeDeliveryDetails"] = destination.details();
        send_sign_up_code(pool, &client.id, &username, &destination, MessageKind::SignUp, context);
    }
    if let Some(session) = after_sign_up::begin(pool, client, &username, context) {
        reply["Session"] = json!(session);
    }
    Ok(reply)
}
