//! The challenge WEB_AUTHN.

use serde_json::{Value, json};

use super::next as sign_in;
use super::parameters::{only_answers, required};
use super::waiting::{self, Answer};
use crate::core::directory::{AppClient, Attempt, Step, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, wrong_password};

/// Asks for a passkey of a user who has one.
pub(super) fn ask(pool: &mut UserPool, client: &AppClient, attempt: Attempt, context: &mut Context<'_>) -> Value {
    let challenge = context.random.base64url::<32>();
    let options = pool.passkey_options(Some(&attempt.username), &challenge, client.session_ms());
    let session = waiting::open(pool, client, attempt, Step::Passkey { challenge }, context);
    json!({
        "ChallengeName": "WEB_AUTHN",
        "Session": session,
        "ChallengeParameters": { "CREDENTIAL_REQUEST_OPTIONS": options.to_string() },
    })
}

/// Checks what the browser made of the options. They are good for one answer, right or wrong.
pub(super) fn respond(
    pool: &mut UserPool,
    client: &AppClient,
    answer: Answer<'_>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    only_answers(answer.responses)?;
    let is_kind = |step: &Step| matches!(step, Step::Passkey { .. });
    let waiting = waiting::answered(pool, client, answer, is_kind, context)?;
    let credential = required(answer.responses, "CREDENTIAL")?;
    let credential = serde_json::from_str(credential).map_err(|_| invalid("CREDENTIAL is not JSON"))?;
    pool.sessions.take(waiting.handle, &client.id, context.now_ms)?;
    let Step::Passkey { challenge } = &waiting.step else { return Err(wrong_password()) };
    let attempt = pool.check_passkey(waiting.attempt, &credential, challenge)?;
    sign_in::go_on(pool, client, attempt, context)
}
