//! The challenge NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::parameters::{Parameters, only, optional, required};
use super::{Context, sign_in};
use crate::core::error::{ServiceError, invalid, not_authorized, user_disabled, user_not_found};
use crate::core::pool::{AppClient, Attribute, AuthSession, Step, User, UserPool, UserStatus, Writer};
use crate::core::srp::Verifier;

const PREFIX: &str = "userAttributes.";

/// Asks for another password, and for the required attributes that the user lacks.
pub(super) fn challenge(pool: &mut UserPool, client: &AppClient, username: &str, context: &mut Context<'_>) -> Value {
    let handle = context.random.base64url::<600>();
    let expires_ms = context.now_ms.saturating_add(client.session_ms());
    let session =
        AuthSession { client_id: client.id.clone(), username: username.into(), expires_ms, step: Step::NewPassword };
    pool.sessions.put(handle.clone(), session, context.now_ms);
    let user = pool.find(username);
    let missing: Vec<String> =
        user.map_or_else(Vec::new, |user| missing(pool, user).map(|name| format!("{PREFIX}{name}")).collect());
    let attributes = json!(user.map(|user| &user.attributes));
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": handle,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": username,
            "requiredAttributes": json!(missing).to_string(),
            "userAttributes": attributes.to_string(),
        },
    })
}

/// Sets the new password and the attributes. The session stays good when they are refused.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    session: Option<&str>,
    responses: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let (attributes, responses): (Parameters, Parameters) =
        responses.clone().into_iter().partition(|(name, _)| name.starts_with(PREFIX));
    only(&responses, "ChallengeResponses", &["USERNAME", "NEW_PASSWORD", "SECRET_HASH"])?;
    let login = required(&responses, "USERNAME")?;
    client.check_secret_hash(login, optional(&responses, "SECRET_HASH"))?;
    let handle = session.ok_or_else(|| invalid("Missing required parameter Session"))?;
    let waiting = pool.sessions.get(handle, &client.id, context.now_ms)?;
    let same_user = pool.find(login).is_some_and(|user| user.username == waiting.username);
    if !matches!(waiting.step, Step::NewPassword) || !same_user {
        return Err(not_authorized("Invalid session for the user."));
    }
    let password = required(&responses, "NEW_PASSWORD")?;
    pool.settings.password_policy().check(password)?;
    let given = attributes.into_iter().map(|(name, value)| Attribute { name: name[PREFIX.len()..].into(), value });
    let attributes = pool.settings.checked_attributes(Writer::Client(client), given.collect())?;

    let user = pool.find(login).ok_or_else(user_not_found)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    if let Some(name) = missing(pool, user).find(|name| !attributes.contains_key(*name)) {
        return Err(invalid(format!("Invalid attributes given, {name} is missing")));
    }
    if attributes.keys().any(|name| pool.settings.is_required(name) && user.attributes.contains_key(name)) {
        return Err(not_authorized("Cannot modify an already provided required attribute"));
    }
    let username = user.username.clone();
    let verifier = Verifier::new(pool.name(), &username, password, context.random.bytes());
    pool.sessions.take(handle, &client.id, context.now_ms)?;
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    user.attributes.extend(attributes);
    user.set_password(verifier, UserStatus::Confirmed, context.now_ms);
    sign_in::finish(pool, client, &username, context)
}

fn missing<'a>(pool: &'a UserPool, user: &'a User) -> impl Iterator<Item = &'a str> {
    let required = pool.settings.schema().iter().filter(|attribute| attribute.required && attribute.name != "sub");
    required.map(|attribute| attribute.name.as_str()).filter(|name| !user.attributes.contains_key(*name))
}
