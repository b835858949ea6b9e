//! What identifies the app in a call, and what Cognito's threat protection wants to know about the device.

use super::TARGET;
use crate::aws_json;
use crate::config::{ClientSecret, UserPool};
use crate::crypto::sha256::hmac_sha256;
use crate::encode::base64;
use crate::json::Writer;
use crate::platform::Request;
use crate::secret::Secret;

/// A call of the app client for one user name.
#[derive(Debug)]
pub struct AppCall<'a> {
    /// The user pool and its app client.
    pub pool: &'a UserPool,
    /// The user name that the call carries. `SECRET_HASH` is of this one.
    pub username: &'a str,
    /// `UserContextData.EncodedData`: the device's fingerprint, if AWS's script made one.
    pub user_context: Option<String>,
}

impl AppCall<'_> {
    /// Writes the members that every such call has.
    pub(super) fn write(&self, body: &mut Writer) {
        body.str("ClientId", self.pool.client_id());
        if let Some(context) = &self.user_context {
            body.open("UserContextData");
            body.str("EncodedData", context);
            body.close();
        }
    }

    /// Writes the hash: `SecretHash` as a member of the body, `SECRET_HASH` as a parameter or response. Where the app's server has
    /// the secret, the platform asks for it when it sends the request.
    pub(super) fn write_hash(&self, key: &str, body: &mut Writer) {
        match self.pool.client_secret() {
            None => {}
            Some(ClientSecret::Value(secret)) => {
                body.secret(key, &secret_hash(secret, self.username, self.pool.client_id()));
            }
            Some(ClientSecret::Function) => body.hole(key),
        }
    }

    /// The request of an operation.
    pub(super) fn request(&self, operation: &str, body: Writer) -> Request {
        let mut request = aws_json::request(self.pool.idp_url(), TARGET, operation, body);
        if self.pool.has_secret_at_server() {
            request.hash_of = Some(self.username.to_owned());
        }
        request
    }
}

/// `SECRET_HASH` of a user name ("Computing secret hash values", Amazon Cognito Developer Guide).
pub fn secret_hash(client_secret: &Secret<String>, username: &str, client_id: &str) -> Secret<String> {
    let key = client_secret.expose_secret().as_bytes();
    Secret::new(base64::encode(&hmac_sha256(key, &[username.as_bytes(), client_id.as_bytes()])))
}
