//! `SignUp`.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::core::directory::{AppClient, Attribute, EventType, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::idp::auth_events;
use crate::core::services::idp::delivery::{Destination, send_sign_up_code};
use crate::core::services::idp::sign_in::after_sign_up;
use crate::core::services::triggers::{self, Confirmed, Newcomer, PreSignUp};
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
    let mut user = User {
        attributes,
        verifier,
        ..User::new(username.clone(), sub.clone(), UserStatus::Unconfirmed, context.now_ms)
    };
    pool.check_free(&user)?;
    let wishes = triggers::pre_sign_up(pool, Newcomer::SignUp, &username, &user.attributes, context)?;
    obey(pool, &mut user, &wishes);
    let destination = Destination::for_sign_up(&pool.settings, &user);
    if destination.as_ref().is_some_and(|to| to.attribute == "email") {
        pool.check_links()?;
    }
    pool.add_user(user)?;
    auth_events::note(pool, &username, EventType::SignUp, context);
    let mut reply = json!({ "UserConfirmed": wishes.confirms(), "UserSub": sub });
    if wishes.confirms() {
        triggers::post_confirmation(pool, Confirmed::SignUp, &username, context)?;
        return Ok(reply);
    }
    if let Some(destination) = destination {
        reply["CodeDeliveryDetails"] = destination.details();
        send_sign_up_code(pool, &client.id, &username, &destination, MessageKind::SignUp, context)?;
    }
    if let Some(session) = after_sign_up::begin(pool, client, &username, context) {
        reply["Session"] = json!(session);
    }
    Ok(reply)
}

/// Does what the pre sign-up function wants. "If an alias with the same … already exists, the alias will be moved to the new user, and the
/// previous user's … will be marked as unverified" (Developer Guide, "Pre sign-up Lambda trigger").
fn obey(pool: &mut UserPool, user: &mut User, wishes: &PreSignUp) {
    for attribute in wishes.verified() {
        user.attributes.insert(format!("{attribute}_verified"), "true".into());
        let value = user.attributes.get(attribute);
        let holder = value.and_then(|value| pool.alias_holder(attribute, value, &user.username)).map(str::to_owned);
        if let Some(holder) = holder {
            pool.release_alias(attribute, &holder);
        }
    }
    if wishes.confirms() {
        user.status = UserStatus::Confirmed;
    }
}
