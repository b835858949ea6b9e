//! `InitiateAuth`

use super::AppCall;
use crate::json::{Value, Writer};
use crate::platform::Request;

/// Builds the request: the flow's `AuthFlow` and `AuthParameters`, and the session that a confirmed sign-up left.
pub fn request(
    call: &AppCall<'_>,
    flow: &str,
    mut parameters: Writer,
    session: Option<&Value>,
    client_metadata: &[(String, String)],
) -> Request {
    let mut body = Writer::object();
    body.str("AuthFlow", flow);
    call.write_hash("SECRET_HASH", &mut parameters);
    body.object_of("AuthParameters", parameters);
    super::respond_to_auth_challenge::finish(call, body, session, client_metadata, "InitiateAuth")
}
