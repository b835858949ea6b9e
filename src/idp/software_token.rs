//! `AssociateSoftwareToken` and `VerifySoftwareToken` in a sign-in, by its session. A signed-in user's are rows of the table.

use super::TARGET;
use crate::aws_json;
use crate::encode::percent;
use crate::json::{Value, Writer};
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request for the secret of an authenticator app.
pub fn associate(url: &str, session: Option<&Value>) -> Request {
    aws_json::request(url, TARGET, "AssociateSoftwareToken", with_session(session))
}

/// Builds the request that checks the first code of the authenticator app.
pub fn verify(url: &str, session: Option<&Value>, code: &str, device_name: Option<&str>) -> Request {
    let mut body = with_session(session);
    body.str("UserCode", code);
    body.str_if("FriendlyDeviceName", device_name);
    aws_json::request(url, TARGET, "VerifySoftwareToken", body)
}

fn with_session(session: Option<&Value>) -> Writer {
    let mut body = Writer::object();
    if let Some(session) = session {
        body.value("Session", session);
    }
    body
}

/// The address that an authenticator app takes, from a QR code or a link. `app` is shown beside the account.
///
/// Source: "Key Uri Format", Google Authenticator.
pub fn setup_uri(secret: &Secret<String>, app: &str, account: &str) -> Secret<String> {
    let [app, account] = [app, account].map(|text| percent::encode(text.as_bytes()));
    let parts = ["otpauth://totp/", &app, ":", &account, "?secret=", secret.expose_secret(), "&issuer=", &app];
    let mut uri = Secret::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| uri.push_str(part));
    uri
}
