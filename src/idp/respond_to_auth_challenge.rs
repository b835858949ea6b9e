//! `RespondToAuthChallenge`

use super::auth::{self, AuthReply};
use super::wire;
use crate::error::Error;
use crate::json::Value;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// Builds the answer to a challenge: its name, the session it came with, the responses.
pub fn request(
    url: &str,
    client_id: &str,
    challenge_name: &str,
    session: Option<&Secret<String>>,
    responses: &[(&str, &str)],
    client_metadata: &[(String, String)],
) -> Request {
    let body = Value::object([
        ("ChallengeName", challenge_name.into()),
        ("ClientId", client_id.into()),
        ("ChallengeResponses", Value::string_map(responses.iter().copied())),
    ])
    .with_some("Session", session)
    .with_some("ClientMetadata", wire::metadata(client_metadata));
    wire::request(url, "RespondToAuthChallenge", &body)
}

/// Reads the reply.
///
/// # Errors
/// `bad_reply`
pub fn read(response: &Response) -> Result<AuthReply, Error> {
    auth::read(&wire::read_json(response)?)
}
