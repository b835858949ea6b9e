//! The challenge MFA_SETUP: `AssociateSoftwareToken` and `VerifySoftwareToken` pass its session on, then it is answered.

use serde_json::{Value, json};

use super::parameters::{Parameters, only_answers};
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, NextStep, SOFTWARE_TOKEN_MFA, Step, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

/// Asks to set up an authenticator app.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, username: &str, context: &mut Context<'_>) -> Value {
    let session = waiting::open(pool, client, username, Step::TotpSetUp, context);
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
    session: Option<&str>,
    responses: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(responses)?;
    let is_kind = |step: &Step| matches!(step, Step::TotpSetUp | Step::TotpIsSetUp);
    let waiting = waiting::answered(pool, client, session, responses, is_kind, context)?;
    // An app that was set up elsewhere meanwhile does not count: this session has not shown a code of it.
    let done = matches!(pool.sessions.get(waiting.handle, &client.id, context.now_ms)?.step, Step::TotpIsSetUp);
    if !done {
        let text = "Set up an MFA method with this session before answering MFA_SETUP";
        return Err(ServiceError::new("MFAMethodNotFoundException", text));
    }
    pool.expect_step(&waiting.username, NextStep::TotpCode, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    sign_in::finish(pool, client, &waiting.username, context)
}
