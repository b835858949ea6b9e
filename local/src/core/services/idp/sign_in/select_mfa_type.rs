//! The challenge SELECT_MFA_TYPE.

use serde_json::{Value, json};

use super::code;
use super::parameters::{only_answers, required};
use super::waiting::{self, Answer};
use crate::core::directory::{AppClient, Attempt, MfaFactor, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

/// Asks which second factor to ask for.
pub(super) fn challenge(
    pool: &mut UserPool,
    client: &AppClient,
    attempt: Attempt,
    choices: &[MfaFactor],
    context: &mut Context<'_>,
) -> Value {
    let names: Vec<&str> = choices.iter().map(|factor| factor.name()).collect();
    // The developer guide speaks of MFAS_CAN_SELECT; AWS's own SDKs read this one.
    let parameters = json!({ "USER_ID_FOR_SRP": attempt.username, "MFAS_CAN_CHOOSE": json!(names).to_string() });
    let session = waiting::open(pool, client, attempt, Step::SelectMfa, context);
    json!({ "ChallengeName": "SELECT_MFA_TYPE", "Session": session, "ChallengeParameters": parameters })
}

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
