//! `AssociateSoftwareToken` and `VerifySoftwareToken` in a sign-in, by its session. A signed-in user's are rows of the table.

use super::TARGET;
use crate::aws_json;
use crate::json::{Value, Writer};
use crate::platform::Request;

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
