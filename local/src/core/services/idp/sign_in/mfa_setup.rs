//! The challenge MFA_SETUP: `AssociateSoftwareToken` and `VerifySoftwareToken` pass its session on, then it is answered.

use serde_json::{Value, json};

use super::parameters::only_answers;
use super::waiting::Answer;
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, Attempt, Factor, NextStep, SOFTWARE_TOKEN_MFA, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// Asks to set up an authenticator app.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let username = attempt.username.clone();
    let session = waiting::open(pool, client, attempt, Step::TotpSetUp, context);
    json!({
        "ChallengeName": "MFA_SETUP",
        "Session": session,
        "ChallengeParameters": {
            "USER_ID_FOR_SRP": username,
            "MFAS_CAN_SETUP": json!([SOFTWARE_TOKEN_MFA]).to_string(),
        },
    })
}

/// Ends the sign-in, once the app is set up.
pub(crate) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::TotpSetUp | Step::TotpIsSetUp);
    let mut waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    // An app that was set up elsewhere meanwhile does not count: this session has not shown a code of it.
    if !matches!(waiting.step, Step::TotpIsSetUp) {
        let text = "Set up an MFA method with this session before answering MFA_SETUP";
        return Err(ServiceError::new("MFAMethodNotFoundException", text));
    }
    pool.expect_step(&waiting.attempt, NextStep::TotpCode, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    waiting.attempt.second = Some(Factor::SoftwareToken);
    sign_in::go_on(pool, client, waiting.attempt, context)
}
