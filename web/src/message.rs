//! Events as JSON, for listeners and other tabs: `{"event", "data"}`.

use poolpass::error::Error;
use poolpass::event::{Event, SignInDetails, User};
use poolpass::json::Writer;

/// Writes an event.
pub fn encode(event: &Event) -> String {
    let mut json = Writer::object();
    json.str("event", event.name());
    json.open("data");
    match event {
        Event::SignedIn(user) => write_user(&mut json, user),
        Event::CustomOAuthState(state) => json.value("customState", state),
        _ => {}
    }
    if let Some(error) = event.error() {
        write_error_member(&mut json, error);
    }
    json.close();
    json.finish().take()
}

/// Writes the user in the form of `getCurrentUser` and `signedIn`.
pub fn write_user(json: &mut Writer, user: &User) {
    json.str("username", &user.username);
    json.str("userId", &user.user_id);
    if let Some(details) = &user.sign_in_details {
        write_sign_in_details(json, details);
    }
}

/// Writes the details as the member `signInDetails`.
pub fn write_sign_in_details(json: &mut Writer, details: &SignInDetails) {
    json.open("signInDetails");
    json.str("loginId", &details.login_id);
    json.str("authFlowType", &details.auth_flow);
    json.close();
}

/// Writes an error: the members of `PoolpassError`.
pub fn write_error(json: &mut Writer, error: &Error) {
    json.str("name", error.name());
    json.str("code", error.code());
    json.str("message", &error.message());
    json.bool("retryable", error.retryable());
    json.str_if("reason", error.reason());
    json.str_if("recoverySuggestion", error.recovery_suggestion());
    if let Some(status) = error.status() {
        json.integer("status", i64::from(status));
    }
    json.str_if("requestId", error.service().and_then(|service| service.request_id.as_deref()));
}

/// Writes the error as the member `error`.
pub fn write_error_member(json: &mut Writer, error: &Error) {
    json.open("error");
    write_error(json, error);
    json.close();
}
