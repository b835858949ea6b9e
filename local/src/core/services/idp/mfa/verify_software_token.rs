//! `VerifySoftwareToken`.

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
    user_code: String,
    friendly_device_name: Option<String>,
}

/// A session stays good when the code is refused.
pub(super) fn run(pools: &mut Pools, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let (code, name, now_ms) = (&input.user_code, input.friendly_device_name, context.now_ms);
    let handle = match (&input.access_token, &input.session) {
        (Some(token), None) => {
            let bearer = bearer(pools, token, context)?;
            bearer.user()?;
            bearer.pool.finish_totp(&bearer.username, code, name, now_ms)?;
            return Ok(json!({ "Status": "SUCCESS" }));
        }
        (None, Some(handle)) => handle,
        _ => return Err(waiting::token_or_session()),
    };
    let (pool, client) = pools.of_session(handle)?;
    let waiting = pool.sessions.get(handle, &client.id, now_ms)?;
    if !matches!(waiting.step, Step::MfaSetUp) {
        return Err(not_authorized("Invalid session for the user."));
    }
    let attempt = waiting.attempt.clone();
    pool.expect_set_up(&attempt, MfaFactor::SoftwareToken, now_ms)?;
    pool.finish_totp(&attempt.username, code, name, now_ms)?;
    pool.sessions.take(handle, &client.id, now_ms)?;
    let session = waiting::open(pool, &client, attempt, Step::TotpIsSetUp, context);
    Ok(json!({ "Status": "SUCCESS", "Session": session }))
}
