//! An issuer's public keys (RFC 7517).

use super::reply::{get, read_json};
use crate::error::{Error, ResponseProblem};
use crate::jwt::{Key, read_keys};
use crate::platform::{Request, Response};

/// Builds the request.
pub fn request(url: &str) -> Request {
    get(url)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<Vec<Key>, Error> {
    read_keys(&read_json(response)?).ok_or_else(|| Error::invalid_response(ResponseProblem::Keys))
}
