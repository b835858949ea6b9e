//! `AdminCreateUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Attribute, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::idp::delivery::{Destination, send_invitation};
use crate::core::srp::Verifier;
use crate::core::wire::error::{ServiceError, attribute_taken, unsupported, user_not_found, username_exists};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    username: String,
    #[serde(default)]
    user_attributes: Vec<Attribute>,
    temporary_password: Option<String>,
    #[serde(default)]
    force_alias_creation: bool,
    message_action: Option<String>,
    desired_delivery_mediums: Option<Vec<String>>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, mut input: Input) -> Result<Value, ServiceError> {
    let given = input.temporary_password.take().filter(|password| !password.is_empty());
    let password = given.unwrap_or_else(|| pool.settings.password_policy().generate(context.random));
    pool.settings.password_policy().check(&password)?;
    let username = match (pool.find(&input.username), input.message_action.as_deref()) {
        (Some(user), Some("RESEND")) => invite_again(user)?,
        (None, Some("RESEND")) => return Err(user_not_found()),
        (Some(_), _) => return Err(username_exists("User account already exists")),
        (None, _) => add(pool, &mut input, context)?,
    };
    let verifier = Verifier::new(pool.name(), &username, &password, context.random.bytes());
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    user.set_password(verifier, UserStatus::ForceChangePassword, context.now_ms);
    let reply = json!({ "User": user.user_type(|_| true) });
    if input.message_action.as_deref() != Some("SUPPRESS") {
        for destination in destinations(user, input.desired_delivery_mediums.as_deref()) {
            send_invitation(pool, &username, &password, &destination, context);
        }
    }
    Ok(reply)
}

fn invite_again(user: &User) -> Result<String, ServiceError> {
    match user.status {
        UserStatus::ForceChangePassword => Ok(user.username.clone()),
        // AWS's word for a user who has chosen a password is not known.
        _ => Err(unsupported("RESEND for a user who is not in the state FORCE_CHANGE_PASSWORD")),
    }
}

fn add(pool: &mut UserPool, input: &mut Input, context: &mut Context<'_>) -> Result<String, ServiceError> {
    let named_by = pool.settings.username_attribute(&input.username)?;
    let mut given = std::mem::take(&mut input.user_attributes);
    if let Some(attribute) = named_by {
        given.retain(|other| other.name != attribute);
        given.push(Attribute { name: attribute.into(), value: input.username.clone() });
    }
    let attributes = pool.settings.new_attributes(Writer::Admin, given)?;
    let sub = context.random.uuid();
    let username = if named_by.is_some() { sub.clone() } else { input.username.clone() };
    let user = User { attributes, ..User::new(username.clone(), sub, UserStatus::ForceChangePassword, context.now_ms) };
    for alias in ["email", "phone_number", "preferred_username"] {
        let in_force = alias == "preferred_username" || user.has_verified(alias);
        let value = user.attributes.get(alias).filter(|_| in_force);
        let Some(holder) = value.and_then(|value| pool.alias_holder(alias, value, &username)).map(str::to_owned) else {
            continue;
        };
        if !input.force_alias_creation {
            return Err(attribute_taken(alias));
        }
        pool.release_alias(alias, &holder);
    }
    pool.add_user(user)?;
    Ok(username)
}

/// Where the invitation goes. AWS's default is SMS; without a phone number the mailbox will do.
fn destinations(user: &User, mediums: Option<&[String]>) -> Vec<Destination> {
    let attribute = |medium: &String| if medium == "EMAIL" { "email" } else { "phone_number" };
    match mediums {
        Some(mediums) => mediums.iter().filter_map(|medium| Destination::first([attribute(medium)], user)).collect(),
        None => Destination::first(["phone_number", "email"], user).into_iter().collect(),
    }
}
