//! What happens to a session, told to this tab and the others. No token is in an event.

use crate::error::Error;
use crate::json::Value;
use crate::platform::Platform;

/// Names are those of Amplify's Hub channel `auth`, where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Somebody signed in.
    SignedIn,
    /// The session is over, by the user's wish or Cognito's word.
    SignedOut,
    /// New tokens are there.
    TokenRefresh,
    /// A refresh failed; the session goes on unless `SignedOut` follows.
    TokenRefreshFailure,
    /// A stored record could not be read and was put aside.
    SessionSetAside,
    /// The session could not be stored: it lives on in this tab alone.
    SessionNotStored,
}

impl Event {
    const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signedIn",
            Self::SignedOut => "signedOut",
            Self::TokenRefresh => "tokenRefresh",
            Self::TokenRefreshFailure => "tokenRefresh_failure",
            Self::SessionSetAside => "sessionSetAside",
            Self::SessionNotStored => "sessionNotStored",
        }
    }
}

/// Tells this tab and the others.
pub(crate) fn emit<P: Platform>(platform: &P, event: Event, data: Option<Value>) {
    let message = message(event, data);
    platform.notify(&message);
    platform.broadcast(&message);
}

/// Tells this tab.
pub(crate) fn emit_here<P: Platform>(platform: &P, event: Event, data: Option<Value>) {
    platform.notify(&message(event, data));
}

/// An error as event data.
pub(super) fn error_data(error: &Error) -> Value {
    Value::object([("error", error_json(error))])
}

/// An error as JavaScript gets it: the members of `PoolpassError`.
pub(crate) fn error_json(error: &Error) -> Value {
    let service = error.service();
    Value::object([
        ("name", error.name().into()),
        ("code", error.code().into()),
        ("message", (&*error.message()).into()),
        ("retryable", error.retryable().into()),
    ])
    .with_some("reason", error.reason())
    .with_some("recoverySuggestion", error.recovery_suggestion())
    .with_some("status", service.map(|service| i64::from(service.status)))
    .with_some("requestId", service.and_then(|service| service.request_id.as_deref()))
}

fn message(event: Event, data: Option<Value>) -> String {
    let json = Value::object([("event", event.name().into())]).with_some("data", data);
    json.to_json().take()
}
