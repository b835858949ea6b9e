//! `RevokeToken`: ends a refresh token and the tokens that came from it.

use super::TARGET;
use crate::aws_json;
use crate::json::Writer;
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, client_id: &str, refresh_token: &Secret<String>) -> Request {
    let mut body = Writer::object();
    body.secret("Token", refresh_token);
    body.str("ClientId", client_id);
    aws_json::request(url, TARGET, "RevokeToken", body)
}
