//! The user's claims for an access token with the scope `openid` (OpenID Connect Core section 5.3; AWS: "userInfo
//! endpoint").

use super::reply::{get, read_json};
use crate::error::{Error, TokenFault};
use crate::json::Value;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request to the hosted UI at `address`.
pub fn request(address: &str, access_token: &Secret<String>) -> Request {
    let authorization = ["Bearer ", access_token.expose_secret()].concat();
    let mut request = get(&[address, "/oauth2/userInfo"].concat());
    request.headers.push(("authorization", authorization));
    request
}

/// Reads the reply about the user with this `sub`.
///
/// # Errors
/// `invalid_response`; `token_invalid` with `wrong_subject` if it is about another user.
pub fn read(response: &Response, subject: &str) -> Result<Value, Error> {
    let claims = read_json(response)?;
    if claims.str("sub") == Some(subject) { Ok(claims) } else { Err(TokenFault::Subject.into()) }
}
