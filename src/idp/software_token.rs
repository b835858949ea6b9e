//! `AssociateSoftwareToken` and `VerifySoftwareToken` in a sign-in, by its session. A signed-in user's are rows of the table.

use super::TARGET;
use crate::aws_json;
use crate::encode::percent;
use crate::error::{Error, ResponseProblem};
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// The secret of an authenticator app, and the sign-in's next session.
#[derive(Debug)]
pub struct Association {
    /// `SecretCode`: base32.
    pub secret: Secret<String>,
    /// `Session`
    pub session: Option<Secret<String>>,
}

/// Builds the request for a new secret.
pub fn associate(url: &str, session: Option<&Secret<String>>) -> Request {
    let mut body = Writer::object();
    body.secret_if("Session", session);
    aws_json::request(url, TARGET, "AssociateSoftwareToken", body)
}

/// Reads the secret.
///
/// # Errors
/// `invalid_response`
pub fn read_association(response: &Response) -> Result<Association, Error> {
    let body = aws_json::read_json(response)?;
    Ok(Association {
        secret: body.secret("SecretCode").ok_or_else(|| Error::invalid_response(ResponseProblem::SecretCode))?,
        session: body.secret("Session"),
    })
}

/// Builds the request that checks the first code of the authenticator app.
pub fn verify(url: &str, session: Option<&Secret<String>>, code: &str, device_name: Option<&str>) -> Request {
    let mut body = Writer::object();
    body.secret_if("Session", session);
    body.str("UserCode", code);
    body.str_if("FriendlyDeviceName", device_name);
    aws_json::request(url, TARGET, "VerifySoftwareToken", body)
}

/// Reads the sign-in's next session.
///
/// # Errors
/// `EnableSoftwareTokenMFAException` if the code is wrong, as the service also says it; `invalid_response`.
pub fn read_verification(response: &Response) -> Result<Option<Secret<String>>, Error> {
    let body = aws_json::read_json(response)?;
    if body.str("Status") == Some("ERROR") {
        return Err(aws_json::service(response, "EnableSoftwareTokenMFAException", "Code mismatch"));
    }
    Ok(body.secret("Session"))
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
