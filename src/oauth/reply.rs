//! What every endpoint answers: JSON, or an error (RFC 6749 section 5.2).

use crate::error::{Error, ErrorKind, OAuthError, ResponseProblem};
use crate::json::Value;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// An answer takes up to a second or two; a trigger may take five.
const DEADLINE_MS: u32 = 15_000;

/// A request for a document.
pub(super) fn get(url: &str) -> Request {
    request("GET", url, Vec::new(), Secret::default())
}

/// A form to an endpoint. No header more: another one would cost a preflight.
pub(super) fn post(url: &str, body: Secret<String>) -> Request {
    request("POST", url, vec![("content-type", "application/x-www-form-urlencoded".to_owned())], body)
}

fn request(method: &'static str, url: &str, headers: Vec<(&'static str, String)>, body: Secret<String>) -> Request {
    Request { method, url: url.to_owned(), headers, body, deadline_ms: DEADLINE_MS, hash_of: None, bypass_cache: false }
}

/// Takes a reply that is not an error.
///
/// # Errors
/// `oauth` if the server answered with an error, `invalid_response` if this is no answer of such a server.
pub fn accept(response: Response) -> Result<Response, Error> {
    if response.status == 200 {
        return Ok(response);
    }
    let body = Value::parse(response.body.expose_secret()).unwrap_or_default();
    let error = match (body.str("error"), response.status) {
        (Some(error), _) => error,
        (None, 401) => "invalid_token",
        (None, 429) => "temporarily_unavailable",
        (None, 500..) => "server_error",
        _ => return Err(Error::invalid_response(ResponseProblem::UnnamedError)),
    };
    let description = body.str("error_description").unwrap_or_default();
    Err(ErrorKind::OAuth(OAuthError::new(error, description, Some(response.status))).into())
}

/// Reads the object in an accepted reply.
pub(super) fn read_json(response: &Response) -> Result<Value, Error> {
    Value::parse(response.body.expose_secret())
        .filter(|body| body.members().is_some())
        .ok_or_else(|| Error::invalid_response(ResponseProblem::NotJson))
}
