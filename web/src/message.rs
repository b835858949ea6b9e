//! Events between tabs, as JSON `{"event", "data"}`: the form of the npm package, so that its pages and those of Rust apps
//! hear each other.
//!
//! Every script of the origin can write to the channel, so a message is checked completely before it becomes an event.

use poolpass::error::{Error, ErrorKind, ServiceError};
use poolpass::event::{Event, SignInDetails, User};
use poolpass::json::Value;
use poolpass::secret::Secret;

use crate::json::{object, string};

/// Writes an event.
pub(crate) fn encode(event: &Event) -> Secret<String> {
    let data = match event {
        Event::SignedIn(user) => user_value(user),
        Event::SignedOut(Some(error)) => object([("error", Some(error_value(error)))]),
        _ => object([]),
    };
    object([("event", string(event.name())), ("data", Some(data))]).to_json()
}

/// Reads an event that another tab may send; `None` for anything else.
pub(crate) fn decode(message: &str) -> Option<Event> {
    let message = Value::parse(message)?;
    let data = message.get("data")?;
    data.members()?;
    match text(&message, "event")? {
        "signedIn" => Some(Event::SignedIn(read_user(data)?)),
        "signedOut" => match data.get("error") {
            None => Some(Event::SignedOut(None)),
            Some(error) => Some(Event::SignedOut(Some(read_error(error)?))),
        },
        "tokenRefresh" => Some(Event::TokenRefresh),
        _ => None,
    }
}

fn text<'a>(json: &'a Value, key: &str) -> Option<&'a str> {
    json.get(key)?.as_str()
}

fn user_value(user: &User) -> Value {
    let details = user
        .sign_in_details
        .as_ref()
        .map(|details| object([("loginId", string(&details.login_id)), ("authFlowType", string(&details.auth_flow))]));
    object([("username", string(&user.username)), ("userId", string(&user.user_id)), ("signInDetails", details)])
}

fn read_user(json: &Value) -> Option<User> {
    let details = |json: &Value| {
        let (login_id, auth_flow) = (text(json, "loginId")?.to_owned(), text(json, "authFlowType")?.to_owned());
        Some(SignInDetails { login_id, auth_flow })
    };
    Some(User {
        username: text(json, "username")?.to_owned(),
        user_id: text(json, "userId")?.to_owned(),
        sign_in_details: json.get("signInDetails").map(details).map_or(Some(None), |read| read.map(Some))?,
    })
}

/// The members of the npm package's `PoolpassError`.
fn error_value(error: &Error) -> Value {
    object([
        ("name", string(error.name())),
        ("code", string(error.code())),
        ("message", string(&error.message())),
        ("retryable", Some(Value::Bool(error.retryable()))),
        ("reason", error.reason().map(Value::from)),
        ("recoverySuggestion", error.recovery_suggestion().map(Value::from)),
        ("status", error.status().map(|status| Value::Number(poolpass::json::decimal(status.into()).into()))),
        ("requestId", error.service().and_then(|service| service.request_id.as_deref()).map(Value::from)),
    ])
}

/// The errors that end a session: Cognito's, that of a session that expired, and that of a storage that was cleared.
fn read_error(json: &Value) -> Option<Error> {
    match text(json, "code")? {
        "service" => {
            let error = ServiceError {
                name: text(json, "name")?.to_owned(),
                message: text(json, "message")?.to_owned(),
                status: u16::try_from(json.get("status")?.as_whole()?).ok()?,
                request_id: text(json, "requestId").map(str::to_owned),
                retry_after_ms: None,
            };
            Some(ErrorKind::Service(error).into())
        }
        "signed_out" if text(json, "reason") == Some("storage_cleared") => Some(ErrorKind::StorageCleared.into()),
        "signed_out" => Some(ErrorKind::SignedOut.into()),
        _ => None,
    }
}
