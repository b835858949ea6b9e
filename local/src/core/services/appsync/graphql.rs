//! GraphQL over HTTP.

use serde_json::{Map, Value};

use super::authorization::identify;
use super::broadcast;
use super::context::Context;
use super::document::Document;
use super::errors::Refused;
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// The reply to a request at [`GRAPHQL`](super::GRAPHQL).
pub(crate) fn answer(context: &mut Context<'_>, request: &HttpRequest) -> HttpResponse {
    match perform(context, request) {
        Ok(body) => HttpResponse::json(200, &body),
        Err(refused) => refused.response(),
    }
}

fn perform(context: &mut Context<'_>, request: &HttpRequest) -> Result<Value, Refused> {
    let identity = identify(context, request)?;
    if request.method != "POST" {
        return Err(Refused::malformed("GraphQL requests are posted."));
    }
    let document = Document::parse(&request.body)?;
    if document.is_subscription()? {
        return Err(Refused::unsupported("Subscriptions are only possible over the real-time WebSocket."));
    }
    let (body, changes) = document.run(context, identity);
    for change in changes {
        broadcast::tell(context, &change);
    }
    Ok(body)
}

/// A request that is signed or otherwise proved inside a WebSocket: the headers as an object.
pub(super) fn proof(path: &str, headers: &Map<String, Value>, body: &str) -> HttpRequest {
    let headers = headers.iter().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    HttpRequest { method: "POST".into(), target: path.into(), headers: headers.collect(), body: body.into() }
}
