//! The challenge NEW_PASSWORD_REQUIRED.

use serde_json::{Value, json};

use super::parameters::{Parameters, only_answers, required};
use super::waiting::Answer;
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, Attempt, Attribute, NextStep, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized};

const PREFIX: &str = "userAttributes.";

/// Asks for another password, and for the required attributes that the user lacks.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let user = pool.find(&attempt.username);
    let missing: Vec<String> = user
        .map_or_else(Vec::new, |user| pool.missing_attributes(user).map(|name| format!("{PREFIX}{name}")).collect());
    let attributes = json!(user.map(|user| &user.attributes));
    let username = attempt.username.clone();
    let session = waiting::open(pool, client, attempt, Step::NewPassword, context);
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
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let (attributes, responses): (Parameters, Parameters) =
        answer.responses.clone().into_iter().partition(|(name, _)| name.starts_with(PREFIX));
    only_answers(&responses)?;
    let is_kind = |step: &Step| matches!(step, Step::NewPassword);
    let waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let password = required(&responses, "NEW_PASSWORD")?;
    // The temporary password may have expired, or an administrator may have changed the user meanwhile.
    if pool.next_step(&waiting.attempt, context.now_ms)? != NextStep::NewPassword {
        return Err(not_authorized("Invalid session for the user."));
    }
    let given = attributes.into_iter().map(|(name, value)| Attribute { name: name[PREFIX.len()..].into(), value });
    let salt = context.random.bytes();
    pool.replace_temporary_password(
        client,
        &waiting.attempt.username,
        password,
        given.collect(),
        salt,
        context.now_ms,
    )?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    let attempt = Attempt { new_password: true, ..waiting.attempt };
    sign_in::go_on(pool, client, attempt, context)
}
