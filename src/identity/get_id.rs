//! `GetId`: the identity of these logins, or a new one.

use super::{Logins, TARGET, write_logins};
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::Writer;
use crate::platform::{Request, Response};

/// Builds the request; without logins it is a guest's.
pub fn request(url: &str, identity_pool_id: &str, logins: &Logins) -> Request {
    let mut body = Writer::object();
    body.str("IdentityPoolId", identity_pool_id);
    write_logins(&mut body, logins);
    aws_json::request(url, TARGET, "GetId", body)
}

/// Reads the reply: the identity's id.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<String, Error> {
    aws_json::read_json(response)?
        .string("IdentityId")
        .ok_or_else(|| Error::invalid_response(ResponseProblem::IdentityId))
}
