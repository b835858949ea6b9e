//! `/_poolpass/totp`: an authenticator app.

use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::core::directory::Pools;
use crate::core::totp::{TotpSecret, current};
use crate::core::wire::http::HttpRequest;

/// The code to type now, of a user's app or of any secret.
pub(super) fn show(pools: &Pools, request: &HttpRequest, now_ms: u64) -> Result<Value, Refusal> {
    let (pool, user, secret) = (request.query("pool"), request.query("user"), request.query("secret"));
    let (code, seconds_left) = match (user, secret) {
        (Some(login), None) => {
            let mut pools = pools.iter().filter(|known| pool.as_ref().is_none_or(|id| &known.id == id));
            let user = pools.find_map(|pool| pool.find(&login));
            let user = user.ok_or_else(|| (404, format!("there is no user {login}")))?;
            user.totp.current(now_ms).ok_or_else(|| (404, format!("{login} has not set up an authenticator app")))?
        }
        (None, Some(secret)) => {
            let secret = TotpSecret::from_base32(&secret);
            current(&secret.ok_or((400, "secret must be base32, 16 letters or more".to_owned()))?, now_ms)
        }
        _ => return Err((400, "send exactly one of user and secret".into())),
    };
    Ok(json!({ "code": code, "secondsLeft": seconds_left }))
}
