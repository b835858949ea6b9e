//! `RevokeToken`: ends a refresh token and the tokens that came from it.

use super::wire;
use crate::json::Value;
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, client_id: &str, refresh_token: &Secret<String>) -> Request {
    wire::request(url, "RevokeToken", &Value::object([("Token", refresh_token.into()), ("ClientId", client_id.into())]))
}
