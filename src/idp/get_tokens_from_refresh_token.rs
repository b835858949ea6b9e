//! `GetTokensFromRefreshToken`: works whether the app client rotates refresh tokens or not.

use super::TARGET;
use super::auth::{self, TokenSet};
use crate::aws_json;
use crate::config::UserPool;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request. Where the pool remembers devices, it must name the device that the token was given to.
pub fn request(
    pool: &UserPool,
    refresh_token: &Secret<String>,
    device_key: Option<&str>,
    client_metadata: &[(String, String)],
) -> Request {
    let mut body = Writer::object();
    body.secret("RefreshToken", refresh_token);
    body.str("ClientId", pool.client_id());
    body.secret_if("ClientSecret", pool.secret_value());
    body.str_if("DeviceKey", device_key);
    body.string_map_if_any("ClientMetadata", client_metadata);
    aws_json::request(pool.idp_url(), TARGET, "GetTokensFromRefreshToken", body)
}

/// Reads the reply. That of `InitiateAuth` with `REFRESH_TOKEN_AUTH` has the same form.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<TokenSet, Error> {
    auth::read_tokens(&aws_json::read_json(response)?)
}
