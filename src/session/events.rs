//! What happens to a session, told to this tab and the others. No token is in an event.

use crate::error::Error;
use crate::json::Writer;
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
    /// A flow by way of a sign-in page has brought a session.
    SignInWithRedirect,
    /// Such a flow has failed.
    SignInWithRedirectFailure,
    /// Such a flow has ended, and this is what the app had kept.
    CustomOAuthState,
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
            Self::SignInWithRedirect => "signInWithRedirect",
            Self::SignInWithRedirectFailure => "signInWithRedirect_failure",
            Self::CustomOAuthState => "customOAuthState",
        }
    }
}

/// Tells this tab and the others. `data` writes what there is to tell.
pub(crate) fn emit<P: Platform>(platform: &P, event: Event, data: &dyn Fn(&mut Writer)) {
    let message = message(event, data);
    platform.notify(&message);
    platform.broadcast(&message);
}

/// Tells this tab.
pub(crate) fn emit_here<P: Platform>(platform: &P, event: Event, data: &dyn Fn(&mut Writer)) {
    platform.notify(&message(event, data));
}

/// Writes an error as JavaScript gets it: the members of `PoolpassError`.
pub(crate) fn write_error(json: &mut Writer, error: &Error) {
    json.text("name", error.name());
    json.text("code", error.code());
    json.text("message", &error.message());
    json.truth("retryable", error.retryable());
    json.text_if("reason", error.reason());
    json.text_if("recoverySuggestion", error.recovery_suggestion());
    if let Some(status) = error.status() {
        json.integer("status", i64::from(status));
    }
    json.text_if("requestId", error.service().and_then(|service| service.request_id.as_deref()));
}

/// Writes the error as the member `error`.
pub(crate) fn write_error_member(json: &mut Writer, error: &Error) {
    json.open("error");
    write_error(json, error);
    json.close();
}

fn message(event: Event, data: &dyn Fn(&mut Writer)) -> String {
    let mut json = Writer::object();
    json.text("event", event.name());
    json.open("data");
    data(&mut json);
    json.close();
    json.finish().take()
}
