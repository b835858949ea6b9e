//! `UnlinkIdentity`: takes a login off an identity. Without its last login an identity cannot be reached any more.

use super::{Logins, TARGET, write_logins};
use crate::aws_json;
use crate::json::Writer;
use crate::platform::Request;

/// Builds the request to take off the logins of these providers. The reply is empty.
pub fn request(url: &str, identity_id: &str, logins: &Logins, providers: &[String]) -> Request {
    let mut body = Writer::object();
    body.str("IdentityId", identity_id);
    write_logins(&mut body, logins);
    body.list("LoginsToRemove", providers);
    aws_json::request(url, TARGET, "UnlinkIdentity", body)
}
