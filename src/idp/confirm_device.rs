//! `ConfirmDevice`: gives the service what a new device will prove itself with.

use super::TARGET;
use crate::aws_json;
use crate::error::Error;
use crate::json::{Value, Writer};
use crate::platform::{Request, Response};
use crate::secret::Secret;
use crate::srp::device::DeviceVerifier;

/// Builds the request. Without a name the device has none.
pub fn request(
    url: &str,
    access_token: &Secret<String>,
    device_key: &str,
    name: &str,
    verifier: &DeviceVerifier,
) -> Request {
    let mut body = Writer::object();
    body.secret("AccessToken", access_token);
    body.str("DeviceKey", device_key);
    body.str_if("DeviceName", Some(name).filter(|name| !name.is_empty()));
    body.open("DeviceSecretVerifierConfig");
    body.str("PasswordVerifier", &verifier.verifier);
    body.str("Salt", &verifier.salt);
    body.close();
    aws_json::request(url, TARGET, "ConfirmDevice", body)
}

/// Reads the reply: `UserConfirmationNecessary`, whether the device is remembered only if the user wants that.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<bool, Error> {
    let body = aws_json::read_json(response)?;
    Ok(body.get("UserConfirmationNecessary").and_then(Value::as_bool).unwrap_or_default())
}
