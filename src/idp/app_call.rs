//! What identifies the app in a call, and what Cognito's threat protection wants to know about the device.

use crate::config::UserPool;
use crate::crypto::sha256::hmac_sha256;
use crate::encode::base64;
use crate::json::Writer;
use crate::secret::Secret;

/// A call of the app client for one user name.
#[derive(Debug)]
pub struct AppCall<'a> {
    /// The user pool and its app client.
    pub pool: &'a UserPool,
    /// `SECRET_HASH` of the user name, if the app client has a secret.
    pub secret_hash: Option<Secret<String>>,
    /// `UserContextData.EncodedData`: the device's fingerprint, if AWS's script made one.
    pub user_context: Option<String>,
}

impl AppCall<'_> {
    /// The URL of the service.
    pub(super) fn url(&self) -> &str {
        self.pool.idp_url()
    }

    /// Writes the members that every such call has.
    pub(super) fn write(&self, body: &mut Writer) {
        body.str("ClientId", self.pool.client_id());
        if let Some(context) = &self.user_context {
            body.open("UserContextData");
            body.str("EncodedData", context);
            body.close();
        }
    }

    /// Writes the hash: `SecretHash` as a member of the body, `SECRET_HASH` as a parameter or response.
    pub(super) fn write_hash(&self, key: &str, body: &mut Writer) {
        body.secret_if(key, self.secret_hash.as_ref());
    }
}

/// `SECRET_HASH` of a user name ("Computing secret hash values", Amazon Cognito Developer Guide).
pub fn secret_hash(client_secret: &Secret<String>, username: &str, client_id: &str) -> Secret<String> {
    let key = client_secret.expose_secret().as_bytes();
    Secret::new(base64::encode(&hmac_sha256(key, &[username.as_bytes(), client_id.as_bytes()])))
}
