//! `GetTokensFromRefreshToken`: works whether the app client rotates refresh tokens or not.

use super::auth::{self, TokenSet};
use super::wire;
use crate::error::Error;
use crate::json::Value;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, client_id: &str, refresh_token: &Secret<String>) -> Request {
    let body = Value::object([("RefreshToken", refresh_token.into()), ("ClientId", client_id.into())]);
    wire::request(url, "GetTokensFromRefreshToken", &body)
}

/// Reads the reply.
///
/// # Errors
/// `bad_reply`
pub fn read(response: &Response) -> Result<TokenSet, Error> {
    auth::read_tokens(&wire::read_json(response)?)
}
