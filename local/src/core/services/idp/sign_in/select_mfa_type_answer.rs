//! The answer to this challenge.

use serde_json::Value;

use super::code;
use super::parameters::{only_answers, required};
use super::waiting::{self, Answer};
use crate::core::directory::{AppClient, MfaFactor, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

/// Asks for the chosen factor. The session stays good when the choice is refused.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::SelectMfa);
    let waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let chosen = required(answer.responses, "ANSWER")?;
    let factor = MfaFactor::of_name(chosen).filter(|factor| {
        let user = pool.find(&waiting.attempt.username);
        user.is_some_and(|user| pool.settings.offers_mfa(*factor) && factor.is_set_up(user))
    });
    let factor = factor.ok_or_else(|| invalid(format!("{chosen} is not one of the MFA types that can be chosen")))?;
    pool.expect_mfa(&waiting.attempt, factor, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    code::ask_mfa(pool, client, waiting.attempt, factor, context)
}
