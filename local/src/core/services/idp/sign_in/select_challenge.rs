//! The challenge SELECT_CHALLENGE, and PASSWORD and PASSWORD_SRP, which answer it at once.

use serde_json::Value;

use super::parameters::{only_answers, optional, required};
use super::waiting::{self, Answer};
use super::{user_auth, web_authn};
use crate::core::directory::{AppClient, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

/// Begins with the challenge that ANSWER names; the answer has its parameters.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let chosen = required(answer.responses, "ANSWER")?;
    // With the options of WEB_AUTHN at hand, the choice and the credential come together.
    if chosen == "WEB_AUTHN" && optional(answer.responses, "CREDENTIAL").is_some() {
        return web_authn::respond(pool, client, answer, context);
    }
    begin(pool, client, chosen, answer, context)
}

/// Begins with the challenge that is answered (Developer Guide, "Choice-based sign-in with a password").
pub(super) fn respond_at_once(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    begin(pool, client, answer.challenge, answer, context)
}

/// A session is good for one try, unless the choice itself is refused.
fn begin(
    pool: &mut UserPool,
    client: &AppClient,
    chosen: &str,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::SelectChallenge);
    let waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let login = required(answer.responses, "USERNAME")?;
    let level = waiting.attempt.target.as_ref().map(|target| target.level);
    if !user_auth::available(pool, client, login, level)?.contains(&chosen) {
        return Err(invalid(format!("{chosen} is not one of the available challenges")));
    }
    match chosen {
        "PASSWORD" => drop(required(answer.responses, "PASSWORD")?),
        "PASSWORD_SRP" => drop(required(answer.responses, "SRP_A")?),
        _ => {}
    }
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    user_auth::begin(pool, client, login, waiting.attempt, chosen, answer.responses, context)
}
