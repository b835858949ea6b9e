//! `GetTokensFromRefreshToken`: works whether the app client rotates refresh tokens or not.

use super::TARGET;
use super::auth::{self, TokenSet};
use crate::aws_json;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request. Where the pool remembers devices, it must name the device that the token was given to.
pub fn request(url: &str, client_id: &str, refresh_token: &Secret<String>, device_key: Option<&str>) -> Request {
    let mut body = Writer::object();
    body.secret("RefreshToken", refresh_token);
    body.str("ClientId", client_id);
    body.str_if("DeviceKey", device_key);
    aws_json::request(url, TARGET, "GetTokensFromRefreshToken", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<TokenSet, Error> {
    auth::read_tokens(&aws_json::read_json(response)?)
}
