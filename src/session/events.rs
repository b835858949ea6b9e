//! Events of a session, for this tab and the others. No event contains a token.

use crate::error::Error;
use crate::json::Writer;
use crate::platform::Platform;

/// The names are those of Amplify's Hub channel `auth`, if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A user signed in.
    SignedIn,
    /// The session has ended: the user signed out, Cognito ended it, or the storage was cleared.
    SignedOut,
    /// There are new tokens.
    TokenRefresh,
    /// A refresh failed. The session continues unless `SignedOut` follows.
    TokenRefreshFailure,
    /// A stored record could not be read and was moved aside.
    SessionSetAside,
    /// The session could not be stored. It stays in this tab's memory.
    SessionNotStored,
    /// A sign-in by redirect has succeeded.
    SignInWithRedirect,
    /// A sign-in by redirect has failed.
    SignInWithRedirectFailure,
    /// A sign-in by redirect has ended. The event has the app's `customState`.
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

/// Emits an event in this tab and the others. `data` writes its data.
pub(crate) fn emit<P: Platform>(platform: &P, event: Event, data: &dyn Fn(&mut Writer)) {
    let message = message(event, data);
    platform.notify(&message);
    platform.broadcast(&message);
}

/// Emits an event in this tab.
pub(crate) fn emit_here<P: Platform>(platform: &P, event: Event, data: &dyn Fn(&mut Writer)) {
    platform.notify(&message(event, data));
}

/// Writes an error for JavaScript: the members of `PoolpassError`.
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
