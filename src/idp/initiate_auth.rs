//! `InitiateAuth`

use super::AppCall;
use super::auth::{self, AuthReply};
use crate::aws_json;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the request: the flow's `AuthFlow` and `AuthParameters`, and the session that a confirmed sign-up left.
pub fn request(
    call: &AppCall<'_>,
    flow: &str,
    parameters: &[(&str, &str)],
    session: Option<&Secret<String>>,
    client_metadata: &[(String, String)],
) -> Request {
    let mut body = Writer::object();
    body.str("AuthFlow", flow);
    call.write(&mut body);
    body.open("AuthParameters");
    for (key, value) in parameters {
        body.str(key, value);
    }
    call.write_hash("SECRET_HASH", &mut body);
    body.close();
    body.secret_if("Session", session);
    body.string_map_if_any("ClientMetadata", client_metadata);
    call.request("InitiateAuth", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<AuthReply, Error> {
    auth::read(&aws_json::read_json(response)?)
}
