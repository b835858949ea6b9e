//! `GetUser`

use super::TARGET;
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::{Value, Writer};
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, access_token: &Secret<String>) -> Request {
    let mut body = Writer::object();
    body.secret("AccessToken", access_token);
    aws_json::request(url, TARGET, "GetUser", body)
}

/// Reads `UserAttributes` as names and values, in the service's order.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<Vec<(String, String)>, Error> {
    let body = aws_json::read_json(response)?;
    let list = body
        .get("UserAttributes")
        .and_then(Value::elements)
        .ok_or_else(|| Error::invalid_response(ResponseProblem::UserAttributes))?;
    let read = |attribute: &Value| Some((attribute.string("Name")?, attribute.string("Value").unwrap_or_default()));
    list.iter().map(read).collect::<Option<_>>().ok_or_else(|| Error::invalid_response(ResponseProblem::AttributeName))
}
