//! `RespondToAuthChallenge`

use super::AppCall;
use crate::json::{Value, Writer};
use crate::platform::Request;

/// Builds the answer to a challenge: its name, the session it came with, the responses.
pub fn request(
    call: &AppCall<'_>,
    challenge_name: &str,
    session: Option<&Value>,
    mut responses: Writer,
    client_metadata: &[(String, String)],
) -> Request {
    let mut body = Writer::object();
    body.str("ChallengeName", challenge_name);
    call.write_hash("SECRET_HASH", &mut responses);
    body.object_of("ChallengeResponses", responses);
    finish(call, body, session, client_metadata, "RespondToAuthChallenge")
}

/// Adds what `InitiateAuth` has too.
pub(super) fn finish(
    call: &AppCall<'_>,
    mut body: Writer,
    session: Option<&Value>,
    client_metadata: &[(String, String)],
    operation: &str,
) -> Request {
    call.write(&mut body);
    if let Some(session) = session {
        body.value("Session", session);
    }
    body.string_map_if_any("ClientMetadata", client_metadata);
    call.request(operation, body)
}
