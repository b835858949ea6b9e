//! `RespondToAuthChallenge`

use super::AppCall;
use super::auth::{self, AuthReply};
use crate::aws_json;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the answer to a challenge: its name, the session it came with, the responses.
pub fn request(
    call: &AppCall<'_>,
    challenge_name: &str,
    session: Option<&Secret<String>>,
    responses: &[(&str, &str)],
    client_metadata: &[(String, String)],
) -> Request {
    let mut body = Writer::object();
    body.str("ChallengeName", challenge_name);
    call.write(&mut body);
    body.open("ChallengeResponses");
    for (key, value) in responses {
        body.str(key, value);
    }
    call.write_hash("SECRET_HASH", &mut body);
    body.close();
    body.secret_if("Session", session);
    body.string_map_if_any("ClientMetadata", client_metadata);
    call.request("RespondToAuthChallenge", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<AuthReply, Error> {
    auth::read(&aws_json::read_json(response)?)
}
