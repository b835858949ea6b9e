//! `GetCredentialsForIdentity`: the enhanced flow's temporary credentials.

use super::{Logins, TARGET, write_logins};
use crate::aws_json;
use crate::error::{Error, ResponseProblem};
use crate::json::Writer;
use crate::platform::{Request, Response};
use crate::sigv4::Credentials;

/// The response.
pub struct Output {
    /// `IdentityId`, which is another one after a merge.
    pub identity_id: String,
    /// The credentials.
    pub credentials: Credentials,
    /// `Expiration`, in milliseconds since 1970 by the server's clock.
    pub expires_at_ms: i64,
}

/// Builds the request. `role` is one of those that the identity's token names (`CustomRoleArn`).
pub fn request(url: &str, identity_id: &str, logins: &Logins, role: Option<&str>) -> Request {
    let mut body = Writer::object();
    body.str("IdentityId", identity_id);
    write_logins(&mut body, logins);
    body.str_if("CustomRoleArn", role);
    aws_json::request(url, TARGET, "GetCredentialsForIdentity", body)
}

/// Reads the reply.
///
/// # Errors
/// `invalid_response`
pub fn read(response: &Response) -> Result<Output, Error> {
    let json = aws_json::read_json(response)?;
    let read = || {
        let keys = json.get("Credentials")?;
        Some(Output {
            identity_id: json.string("IdentityId")?,
            credentials: Credentials {
                access_key_id: keys.string("AccessKeyId")?,
                secret_access_key: keys.secret("SecretKey")?,
                session_token: Some(keys.secret("SessionToken")?),
            },
            expires_at_ms: keys.integer("Expiration")?.checked_mul(1000)?,
        })
    };
    read().ok_or_else(|| Error::invalid_response(ResponseProblem::Credentials))
}
