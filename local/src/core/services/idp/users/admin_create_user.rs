//! `AdminCreateUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Attribute, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::idp::delivery::{Destination, send_invitation, send_welcome};
use crate::core::services::triggers::{self, Newcomer};
use crate::core::srp::Verifier;
use crate::core::wire::error::{ServiceError, attribute_taken, invalid, user_not_found, username_exists};

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
    let is_new = input.message_action.as_deref() != Some("RESEND");
    let password = input.temporary_password.take().filter(|password| !password.is_empty());
    // "If you don't specify a value, Amazon Cognito generates one for you unless you have passwordless options active"
    // (`AdminCreateUserRequest`, "TemporaryPassword").
    let has_none = password.is_none() && is_new && pool.settings.allows_no_password();
    let password =
        (!has_none).then(|| password.unwrap_or_else(|| pool.settings.password_policy().generate(context.random)));
    if let Some(password) = &password {
        pool.settings.password_policy().check(password)?;
    }
    let username = match pool.find(&input.username) {
        Some(user) if !is_new => invited(user)?,
        None if !is_new => return Err(user_not_found()),
        Some(_) => return Err(username_exists("User account already exists")),
        None => add(pool, &mut input, has_none, context)?,
    };
    let salt = context.random.bytes();
    let verifier = password.as_ref().map(|password| Verifier::new(pool.name(), &username, password, salt));
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    if let Some(verifier) = verifier {
        user.set_password(verifier, UserStatus::ForceChangePassword, context.now_ms);
    }
    let reply = json!({ "User": user.user_type(|_| true) });
    if input.message_action.as_deref() != Some("SUPPRESS") {
        for destination in destinations(user, input.desired_delivery_mediums.as_deref()) {
            match &password {
                Some(password) => send_invitation(pool, &username, password, &destination, context)?,
                None => send_welcome(pool, &username, &destination, context)?,
            }
        }
    }
    Ok(reply)
}

/// The name of a user who has not taken up the invitation.
fn invited(user: &User) -> Result<String, ServiceError> {
    match user.status {
        UserStatus::ForceChangePassword => Ok(user.username.clone()),
        status => {
            let text = format!("Resend not possible. Current status is {}", status.name());
            Err(ServiceError::new("UnsupportedUserStateException", text))
        }
    }
}

fn add(
    pool: &mut UserPool,
    input: &mut Input,
    has_no_password: bool,
    context: &mut Context<'_>,
) -> Result<String, ServiceError> {
    let named_by = pool.settings.username_attribute(&input.username)?;
    let mut given = std::mem::take(&mut input.user_attributes);
    if let Some(attribute) = named_by {
        given.retain(|other| other.name != attribute);
        given.push(Attribute { name: attribute.into(), value: input.username.clone() });
    }
    let attributes = pool.settings.new_attributes(Writer::Admin, given)?;
    let sub = context.random.uuid();
    let username = if named_by.is_some() { sub.clone() } else { input.username.clone() };
    let status = if has_no_password { UserStatus::Confirmed } else { UserStatus::ForceChangePassword };
    let user = User { attributes, ..User::new(username.clone(), sub, status, context.now_ms) };
    user.check_flags()?;
    // "These attributes must be provided … when you don't submit a TemporaryPassword" ("UserAttributes").
    if has_no_password && Destination::first(["email", "phone_number"], &user).is_none() {
        return Err(invalid("A user without a password needs an email address or a phone number."));
    }
    if input.message_action.is_none() {
        check_mediums(&user, input.desired_delivery_mediums.as_deref().unwrap_or_default())?;
    }
    triggers::pre_sign_up(pool, Newcomer::AdminCreateUser, &username, &user.attributes, context)?;
    claim_aliases(pool, &user, input.force_alias_creation)?;
    pool.add_user(user)?;
    Ok(username)
}

/// Sees to it that nobody else answers to an alias of a new user.
///
/// # Errors
/// `UsernameExistsException` unless it is to be moved by force.
pub(in crate::core::services::idp) fn claim_aliases(
    pool: &mut UserPool,
    user: &User,
    by_force: bool,
) -> Result<(), ServiceError> {
    for alias in ["email", "phone_number", "preferred_username"] {
        let in_force = alias == "preferred_username" || user.has_verified(alias);
        let value = user.attributes.get(alias).filter(|_| in_force);
        let Some(holder) = value.and_then(|value| pool.alias_holder(alias, value, &user.username)).map(str::to_owned)
        else {
            continue;
        };
        if !by_force {
            return Err(attribute_taken(alias));
        }
        pool.release_alias(alias, &holder);
    }
    Ok(())
}

/// "You must provide a value for email when you want to set email_verified to true, or if you set EMAIL in the DesiredDeliveryMediums
/// parameter" ("UserAttributes"), and likewise for SMS.
fn check_mediums(user: &User, mediums: &[String]) -> Result<(), ServiceError> {
    match mediums.iter().find(|medium| Destination::first([attribute(medium)], user).is_none()) {
        Some(medium) => {
            Err(invalid(format!("The user has no {} for DesiredDeliveryMediums {medium}.", attribute(medium))))
        }
        None => Ok(()),
    }
}

/// Where the invitation goes. AWS's default is SMS; without a phone number the mailbox will do.
pub(in crate::core::services::idp) fn destinations(user: &User, mediums: Option<&[String]>) -> Vec<Destination> {
    match mediums {
        Some(mediums) => mediums.iter().filter_map(|medium| Destination::first([attribute(medium)], user)).collect(),
        None => Destination::first(["phone_number", "email"], user).into_iter().collect(),
    }
}

fn attribute(medium: &str) -> &'static str {
    if medium == "EMAIL" { "email" } else { "phone_number" }
}
