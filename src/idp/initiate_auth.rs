//! `InitiateAuth`

use super::auth::{self, AuthReply};
use super::{AppCall, TARGET};
use crate::aws_json;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::secret::Secret;

/// How the user begins to prove who they are.
#[derive(Debug)]
pub enum FirstFactor<'a> {
    /// `USER_SRP_AUTH` with `SRP_A` in hex.
    Srp {
        /// `SRP_A`
        public: &'a str,
    },
    /// `USER_PASSWORD_AUTH`: the password is sent.
    Password(&'a Secret<String>),
}

/// Builds the request.
pub fn request(
    call: &AppCall<'_>,
    username: &str,
    factor: &FirstFactor<'_>,
    client_metadata: &[(String, String)],
) -> Request {
    let (flow, key, value) = match factor {
        FirstFactor::Srp { public } => ("USER_SRP_AUTH", "SRP_A", *public),
        FirstFactor::Password(password) => ("USER_PASSWORD_AUTH", "PASSWORD", password.expose_secret().as_str()),
    };
    let mut body = Writer::object();
    body.str("AuthFlow", flow);
    call.write(&mut body);
    body.open("AuthParameters");
    body.str("USERNAME", username);
    body.str(key, value);
    call.write_hash("SECRET_HASH", &mut body);
    body.close();
    body.string_map_if_any("ClientMetadata", client_metadata);
    aws_json::request(call.url(), TARGET, "InitiateAuth", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<AuthReply, Error> {
    auth::read(&aws_json::read_json(response)?)
}
