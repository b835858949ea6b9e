//! `GlobalSignOut`: ends all sessions of the user, on every device.

use super::wire;
use crate::json::Value;
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, access_token: &Secret<String>) -> Request {
    wire::request(url, "GlobalSignOut", &Value::object([("AccessToken", access_token.into())]))
}
