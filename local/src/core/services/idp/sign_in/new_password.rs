//! The challenge NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::parameters::{Parameters, only_answers, required};
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, Attribute, Step, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

const PREFIX: &str = "userAttributes.";

/// Asks for another password, and for the required attributes that the user lacks.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, username: &str, context: &mut Context<'_>) -> Value {
    let session = waiting::open(pool, client, username, Step::NewPassword, context);
    let user = pool.find(username);
    let missing: Vec<String> = user
        .map_or_else(Vec::new, |user| pool.missing_attributes(user).map(|name| format!("{PREFIX}{name}")).collect());
    let attributes = json!(user.map(|user| &user.attributes));
    json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED",
        "Session": session,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": username,
            "requiredAttributes": json!(missing).to_string(),
            "userAttributes": attributes.to_string(),
        },
    })
}

/// Sets the new password and the attributes. The session stays good when they are refused.
pub(crate) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    session: Option<&str>,
    responses: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let (attributes, responses): (Parameters, Parameters) =
        responses.clone().into_iter().partition(|(name, _)| name.starts_with(PREFIX));
    only_answers(&responses)?;
    let is_kind = |step: &Step| matches!(step, Step::NewPassword);
    let waiting = waiting::answered(pool, client, session, &responses, is_kind, context)?;
    let password = required(&responses, "NEW_PASSWORD")?;
    let given = attributes.into_iter().map(|(name, value)| Attribute { name: name[PREFIX.len()..].into(), value });
    let salt = context.random.bytes();
    pool.replace_temporary_password(client, &waiting.username, password, given.collect(), salt, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    sign_in::go_on(pool, client, &waiting.username, context)
}
