//! What several operations write: errors, users.

use poolpass::config::Storage;
use poolpass::error::Error;
use poolpass::event::{SignInDetails, User};
use poolpass::json::Writer;
use poolpass::secret::Secret;

pub(crate) fn error(error: &Error) -> Writer {
    let mut json = Writer::object();
    write_error(&mut json, error);
    json
}

pub(crate) const fn storage_name(storage: Storage) -> &'static str {
    match storage {
        Storage::Local => "local",
        Storage::Session => "session",
        Storage::Memory => "memory",
        Storage::Custom => "custom",
    }
}

/// Writes the user in the form of `getCurrentUser` and `signedIn`.
pub(crate) fn write_user(json: &mut Writer, user: &User) {
    json.str("username", &user.username);
    json.str("userId", &user.user_id);
    if let Some(details) = &user.sign_in_details {
        write_sign_in_details(json, details);
    }
}

/// Writes the details as the member `signInDetails`.
pub(crate) fn write_sign_in_details(json: &mut Writer, details: &SignInDetails) {
    json.open("signInDetails");
    json.str("loginId", &details.login_id);
    json.str("authFlowType", &details.auth_flow);
    json.close();
}

/// Writes each header as a member. They may contain credentials.
pub(crate) fn write_headers<N: AsRef<str>>(json: &mut Writer, headers: &[(N, Secret<String>)]) {
    for (name, value) in headers {
        json.secret(name.as_ref(), value);
    }
}

/// Writes an error as words and numbers: `www/poolpass/explain.js` has the texts. The wasm must not use `message` and
/// `recovery_suggestion`, which would link them.
fn write_error(json: &mut Writer, error: &Error) {
    json.str("name", error.name());
    json.str("code", error.code());
    json.bool("retryable", error.retryable());
    json.str_if("reason", error.reason());
    match error.server_text() {
        Some(text) => json.str("message", text),
        None => {
            json.integer("number", error.message_number() as i64);
            json.str_if("detail", error.detail());
        }
    }
    if let Some(status) = error.status() {
        json.integer("status", i64::from(status));
    }
    if let Some(ms) = error.service().and_then(|service| service.retry_after_ms) {
        json.integer("retryAfterMs", i64::from(ms));
    }
    json.str_if("requestId", error.service().and_then(|service| service.request_id.as_deref()));
}

/// Writes the error as the member `error`.
pub(crate) fn write_error_member(json: &mut Writer, error: &Error) {
    json.open("error");
    write_error(json, error);
    json.close();
}
