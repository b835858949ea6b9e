//! The answer to this challenge.

use serde_json::Value;

use super::new_password::PREFIX;
use super::parameters::{Parameters, only_answers, required};
use super::waiting::Answer;
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, Attempt, Attribute, NextStep, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, not_authorized};

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
