//! `GlobalSignOut`: ends all sessions of the user, on every device.

use super::TARGET;
use crate::aws_json;
use crate::json::Writer;
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, access_token: &Secret<String>) -> Request {
    let mut body = Writer::object();
    body.secret("AccessToken", access_token);
    aws_json::request(url, TARGET, "GlobalSignOut", body)
}
