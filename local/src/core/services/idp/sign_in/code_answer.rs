//! The answer to this challenge.

use serde_json::Value;

use super::next as sign_in;
use super::parameters::{only_answers, required};
use super::waiting::{self, Answer};
use crate::core::directory::{AppClient, Step, UserPool, wrong_code};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Checks the code. The session stays good when it is refused.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| match step {
        Step::FirstCode { factor, .. } => factor.name() == answer.challenge,
        Step::MfaCode { factor, .. } => factor.name() == answer.challenge,
        _ => false,
    };
    let mut waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let given = required(answer.responses, &format!("{}_CODE", answer.challenge))?;
    let (attempt, now_ms) = (&mut waiting.attempt, context.now_ms);
    match &waiting.step {
        Step::FirstCode { factor, sent } => {
            let sent = sent.as_ref().ok_or_else(wrong_code)?;
            pool.check_first_code(&attempt.username, *factor, sent, given, now_ms)?;
            attempt.first = Some(*factor);
        }
        Step::MfaCode { factor, sent } => {
            pool.check_mfa(attempt, *factor, sent.as_ref(), given, now_ms)?;
            attempt.second = Some(*factor);
        }
        _ => {}
    }
    pool.sessions.take(waiting.handle, &client.id, now_ms)?;
    sign_in::go_on(pool, client, waiting.attempt, context)
}
