//! `AssociateSoftwareToken`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{MfaFactor, Pools, Step};
use crate::core::service::Context;
use crate::core::services::idp::access::bearer;
use crate::core::services::idp::sign_in::waiting;
use crate::core::wire::error::{ServiceError, not_authorized};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    access_token: Option<String>,
    session: Option<String>,
}

pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let secret = context.random.bytes();
    let handle = match (&input.access_token, &input.session) {
        (Some(token), None) => {
            let bearer = bearer(pools, token, context)?;
            return Ok(json!({ "SecretCode": bearer.pool.start_totp(&bearer.username, secret)? }));
        }
        (None, Some(handle)) => handle,
        _ => return Err(waiting::token_or_session()),
    };
    let (pool, client) = pools.of_session(handle)?;
    let waiting = pool.sessions.get(handle, &client.id, context.now_ms)?;
    if !matches!(waiting.step, Step::MfaSetUp) {
        return Err(not_authorized("Invalid session for the user."));
    }
    let attempt = waiting.attempt.clone();
    pool.expect_set_up(&attempt, MfaFactor::SoftwareToken, context.now_ms)?;
    let secret_code = pool.start_totp(&attempt.username, secret)?;
    pool.sessions.take(handle, &client.id, context.now_ms)?;
    let session = waiting::open(pool, &client, attempt, Step::MfaSetUp, context);
    Ok(json!({ "SecretCode": secret_code, "Session": session }))
}
