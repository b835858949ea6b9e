//! `RevokeToken`: ends a refresh token and the tokens that came from it.

use super::TARGET;
use crate::aws_json;
use crate::config::UserPool;
use crate::json::Writer;
use crate::platform::Request;
use crate::secret::Secret;

/// Builds the request.
pub fn request(pool: &UserPool, refresh_token: &Secret<String>) -> Request {
    let mut body = Writer::object();
    body.secret("Token", refresh_token);
    body.str("ClientId", pool.client_id());
    body.secret_if("ClientSecret", pool.secret_value());
    aws_json::request(pool.idp_url(), TARGET, "RevokeToken", body)
}
