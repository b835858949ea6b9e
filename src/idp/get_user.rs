//! `GetUser`

use super::wire;
use crate::error::Error;
use crate::json::Value;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, access_token: &Secret<String>) -> Request {
    wire::request(url, "GetUser", &Value::object([("AccessToken", access_token.into())]))
}

/// Reads `UserAttributes` as names and values, in the service's order.
///
/// # Errors
/// `bad_reply`
pub fn read(response: &Response) -> Result<Vec<(String, String)>, Error> {
    let body = wire::read_json(response)?;
    let list = body.get("UserAttributes").and_then(Value::elements).ok_or(Error::Reply("UserAttributes is missing"))?;
    let read = |attribute: &Value| Some((attribute.string("Name")?, attribute.string("Value").unwrap_or_default()));
    list.iter().map(read).collect::<Option<_>>().ok_or(Error::Reply("a user attribute has no name"))
}
