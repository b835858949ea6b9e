//! The Events API: channels, who may use them, and publishing over HTTP.

use serde::Deserialize;
use serde_json::{Value, json};

use super::authorization::identify;
use super::broadcast;
use super::channel::Channel;
use super::context::Context;
use super::errors::{NOT_AUTHORIZED, Refused};
use super::identity::Identity;
use super::run::rights;
use super::socket::Socket;
use crate::core::wire::http::{HttpRequest, HttpResponse};

/// How many events may come at once.
const MOST_EVENTS: usize = 5;

/// The largest event, in bytes.
const LARGEST_EVENT: usize = 240 * 1024;

/// What is posted.
#[derive(Deserialize)]
struct Posted {
    channel: Value,
    events: Value,
}

/// The reply to a request at [`EVENT`](super::EVENT).
pub(crate) fn answer(context: &mut Context<'_>, request: &HttpRequest) -> HttpResponse {
    match perform(context, request) {
        Ok(body) => HttpResponse::json(200, &body),
        Err(refused) => refused.response(),
    }
}

fn perform(context: &mut Context<'_>, request: &HttpRequest) -> Result<Value, Refused> {
    let identity = identify(context, request)?;
    let posted: Result<Posted, _> = serde_json::from_slice(&request.body);
    let posted = posted.ok().filter(|_| request.method == "POST");
    let posted = posted.ok_or_else(|| Refused::bad_request("Post a JSON object with channel and events."))?;
    let (_, channel) = channel(Some(&posted.channel), false)?;
    publish(context, None, &identity, &channel, &posted.events)
}

/// A channel by its name, and the name.
///
/// # Errors
/// `BadRequestException`.
pub(super) fn channel(name: Option<&Value>, may_have_wildcard: bool) -> Result<(&str, Channel), Refused> {
    let name = name.and_then(Value::as_str).unwrap_or_default();
    let channel = Channel::parse(name, may_have_wildcard).ok_or_else(|| {
        Refused::bad_request("channel must be /namespace and up to four more segments of letters, digits and dashes.")
    })?;
    Ok((name, channel))
}

/// Whether a caller may `publish` or `subscribe`.
///
/// # Errors
/// `BadRequestException` where the namespace is not known, `UnauthorizedException` where the caller's mode is none of its.
pub(super) fn may(context: &Context<'_>, identity: &Identity, channel: &Channel, verb: &str) -> Result<(), Refused> {
    let name = channel.namespace();
    let namespace = context.settings.namespace(name);
    let namespace = namespace.ok_or_else(|| Refused::bad_request(format!("There is no channel namespace {name}.")))?;
    let (modes, action) = match verb {
        "publish" => (&namespace.publish_auth_modes, "appsync:EventPublish"),
        _ => (&namespace.subscribe_auth_modes, "appsync:EventSubscribe"),
    };
    if !modes.contains(&identity.mode) {
        return Err(Refused::unauthorized(NOT_AUTHORIZED));
    }
    rights(context, identity.clone()).event(action, &format!("/channelNamespace/{name}"))
}

/// Publishes, also to the socket that it came by: what became of each event.
///
/// # Errors
/// [`Refused`].
pub(super) fn publish(
    context: &mut Context<'_>,
    own: Option<&Socket>,
    identity: &Identity,
    channel: &Channel,
    events: &Value,
) -> Result<Value, Refused> {
    may(context, identity, channel, "publish")?;
    let events = events.as_array().filter(|events| (1..=MOST_EVENTS).contains(&events.len()));
    let events =
        events.ok_or_else(|| Refused::bad_request(format!("events must be 1 to {MOST_EVENTS} JSON texts.")))?;
    let (mut failed, mut successful) = (Vec::new(), Vec::new());
    for (index, event) in events.iter().enumerate() {
        let identifier = context.random.uuid();
        match readable(event) {
            Ok(text) => {
                broadcast::publish(context.sockets, own, channel, text);
                successful.push(json!({ "identifier": identifier, "index": index }));
            }
            Err((code, message)) => {
                failed.push(json!({ "identifier": identifier, "index": index, "code": code, "message": message }));
            }
        }
    }
    Ok(json!({ "failed": failed, "successful": successful }))
}

fn readable(event: &Value) -> Result<&str, (u16, &'static str)> {
    let text = event.as_str().ok_or((400, "An event must be a text."))?;
    if text.len() > LARGEST_EVENT {
        return Err((413, "An event may have 240 KB."));
    }
    let read: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
    read.map(|_| text).map_err(|_| (400, "An event must be JSON."))
}
