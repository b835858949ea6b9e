//! Asking the function of an app.

use serde_json::{Value, json};

use super::call::Call;
use super::settings::Authorizer;
use super::token;
use crate::core::world::outbound::OutboundRequest;
use crate::core::world::outside::{Outside, Waiting};

/// What the function made of a request.
pub(super) enum HookAnswer {
    /// No reply of status 200 in JSON.
    Failed,
    Said(Value),
    /// Status 401, as when a function fails with `Unauthorized`.
    Unauthorized,
}

/// Posts the event of a `TOKEN` authoriser, with the claims of the token where it is a good one of a user pool of this emulator.
/// `None` where there is nobody or nothing to ask.
///
/// # Errors
/// [`Waiting`] until the function has answered.
pub(super) fn ask(call: &Call<'_>, outside: &mut Outside) -> Result<Option<HookAnswer>, Waiting> {
    let Authorizer::Lambda(lambda) = &call.api.authorizer else { return Ok(None) };
    let (Some(url), Some(token)) = (lambda.url.clone(), token::bearer(call.request)) else { return Ok(None) };
    let claims = token::verify(call.pools, call.keys, token, |_| true, call.now_ms).ok();
    let event = json!({
        "type": "TOKEN",
        "authorizationToken": call.request.header("Authorization"),
        "methodArn": call.method_arn(),
        "httpMethod": call.request.method,
        "path": call.path,
        "claims": claims,
    });
    let headers = vec![("Content-Type".into(), "application/json".into())];
    let post = OutboundRequest { method: "POST", url, headers, body: event.to_string().into() };
    Ok(Some(match outside.ask(post)? {
        Ok(reply) if reply.status == 401 => HookAnswer::Unauthorized,
        Ok(reply) if reply.status == 200 => {
            serde_json::from_slice(&reply.body).map_or(HookAnswer::Failed, HookAnswer::Said)
        }
        _ => HookAnswer::Failed,
    }))
}
