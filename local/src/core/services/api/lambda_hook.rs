//! Asking the function of an app. The emulator's state is not locked meanwhile.

use serde_json::{Value, json};

use super::settings::Authorizer;
use super::{find, method_arn, token};
use crate::core::emulator::Emulator;
use crate::core::services::well_known::endpoint;
use crate::core::wire::http::HttpRequest;
use crate::core::world::outbound::OutboundRequest;

/// What the function made of a request.
pub(crate) enum HookAnswer {
    /// No reply of status 200 in JSON.
    Failed,
    Said(Value),
    /// Status 401, as when a function fails with `Unauthorized`.
    Unauthorized,
}

/// Posts the event of a `TOKEN` authoriser, with the claims of the token where it is a good one of a user pool of this emulator.
/// `None` where there is nobody or nothing to ask.
pub(crate) fn ask(emulator: &Emulator, request: &HttpRequest) -> Option<HookAnswer> {
    let (api, path) = find(&emulator.config, request.path())?;
    let Authorizer::Lambda(lambda) = &api.authorizer else { return None };
    let url = lambda.url.clone()?;
    let token = token::bearer(request).filter(|_| api.routes.iter().any(|route| route.fits(&request.method, &path)))?;
    let now_ms = emulator.clock.now_ms();
    let claims = token::verify(&emulator.state().pools, &emulator.keys, token, |_| true, now_ms).ok();
    let event = json!({
        "type": "TOKEN",
        "authorizationToken": request.header("Authorization"),
        "methodArn": method_arn(&emulator.config, api, &request.method, &path),
        "httpMethod": request.method,
        "path": path,
        "claims": claims,
    });
    let headers = vec![("Content-Type".into(), "application/json".into())];
    let post = OutboundRequest { method: "POST", url, headers, body: event.to_string().into() };
    Some(match emulator.fetch(&endpoint(request), post) {
        Ok(reply) if reply.status == 401 => HookAnswer::Unauthorized,
        Ok(reply) if reply.status == 200 => {
            serde_json::from_slice(&reply.body).map_or(HookAnswer::Failed, HookAnswer::Said)
        }
        _ => HookAnswer::Failed,
    })
}
