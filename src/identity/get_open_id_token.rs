//! `GetOpenIdToken`: the basic flow's token, which STS exchanges for credentials.

use super::{Logins, TARGET, write_logins};
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request.
pub fn request(url: &str, identity_id: &str, logins: &Logins) -> Request {
    let mut body = Writer::object();
    body.str("IdentityId", identity_id);
    write_logins(&mut body, logins);
    aws_json::request(url, TARGET, "GetOpenIdToken", body)
}

/// Reads the reply: the identity's id, which is another one after a merge, and the token.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<(String, Secret<String>), Error> {
    let json = aws_json::read_json(response)?;
    let identity_id = json.string("IdentityId").ok_or_else(|| Error::invalid_response(ResponseProblem::IdentityId))?;
    let token = json.secret("Token").ok_or_else(|| Error::invalid_response(ResponseProblem::Token))?;
    Ok((identity_id, token))
}
