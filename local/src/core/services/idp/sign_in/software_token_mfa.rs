//! The challenge SOFTWARE_TOKEN_MFA.

use serde_json::{Value, json};

use super::parameters::{only_answers, required};
use super::waiting::Answer;
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, Attempt, Factor, NextStep, SOFTWARE_TOKEN_MFA, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Asks for a code of the authenticator app.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let mut parameters = json!({ "USER_ID_FOR_SRP": attempt.username });
    if let Some(name) = pool.find(&attempt.username).and_then(|user| user.totp.device_name()) {
        parameters["FRIENDLY_DEVICE_NAME"] = json!(name);
    }
    let session = waiting::open(pool, client, attempt, Step::TotpCode, context);
    json!({ "ChallengeName": SOFTWARE_TOKEN_MFA, "Session": session, "ChallengeParameters": parameters })
}

/// Checks the code. The session stays good when it is refused.
pub(crate) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::TotpCode);
    let mut waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let code = required(answer.responses, "SOFTWARE_TOKEN_MFA_CODE")?;
    pool.expect_step(&waiting.attempt, NextStep::TotpCode, context.now_ms)?;
    pool.check_totp(&waiting.attempt.username, code, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    waiting.attempt.second = Some(Factor::SoftwareToken);
    sign_in::go_on(pool, client, waiting.attempt, context)
}
