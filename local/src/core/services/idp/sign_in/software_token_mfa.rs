//! The challenge SOFTWARE_TOKEN_MFA.

use serde_json::{Value, json};

use super::parameters::{Parameters, only_answers, required};
use super::{next as sign_in, waiting};
use crate::core::directory::{AppClient, NextStep, SOFTWARE_TOKEN_MFA, Step, UserPool};
use crate::core::services::idp::Context;
use crate::core::wire::error::ServiceError;

/// Asks for a code of the authenticator app.
pub(crate) fn challenge(pool: &mut UserPool, client: &AppClient, username: &str, context: &mut Context<'_>) -> Value {
    let session = waiting::open(pool, client, username, Step::TotpCode, context);
    let mut parameters = json!({ "USER_ID_FOR_SRP": username });
    if let Some(name) = pool.find(username).and_then(|user| user.totp.device_name()) {
        parameters["FRIENDLY_DEVICE_NAME"] = json!(name);
    }
    json!({ "ChallengeName": SOFTWARE_TOKEN_MFA, "Session": session, "ChallengeParameters": parameters })
}

/// Checks the code. The session stays good when it is refused.
pub(crate) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    session: Option<&str>,
    responses: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(responses)?;
    let is_kind = |step: &Step| matches!(step, Step::TotpCode);
    let waiting = waiting::answered(pool, client, session, responses, is_kind, context)?;
    let code = required(responses, "SOFTWARE_TOKEN_MFA_CODE")?;
    pool.expect_step(&waiting.username, NextStep::TotpCode, context.now_ms)?;
    pool.check_totp(&waiting.username, code, context.now_ms)?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    sign_in::finish(pool, client, &waiting.username, context)
}
