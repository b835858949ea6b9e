//! The secret of a confidential client.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::AppClient;
use crate::core::wire::error::{ServiceError, not_authorized};

impl AppClient {
    /// Checks a `SECRET_HASH`: base64 of HMAC-SHA256 under the secret, over user name and client id.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Result<(), ServiceError> {
        let id = &self.id;
        let Some(secret) = &self.settings.client_secret else {
            return match hash {
                None => Ok(()),
                Some(_) => Err(not_authorized(format!(
                    "Client {id} is not configured with secret but SECRET_HASH was received"
                ))),
            };
        };
        let Some(hash) = hash else {
            return Err(not_authorized(format!(
                "Client {id} is configured with secret but SECRET_HASH was not received"
            )));
        };
        let expected =
            Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mac| mac.chain_update(username).chain_update(id));
        let given = STANDARD.decode(hash).unwrap_or_default();
        let holds = expected.is_ok_and(|mac| mac.verify_slice(&given).is_ok());
        if holds { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    /// Checks the plain secret that `GetTokensFromRefreshToken` and `RevokeToken` take.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret(&self, secret: Option<&str>) -> Result<(), ServiceError> {
        if self.settings.client_secret.as_deref() == secret { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    fn secret_mismatch(&self) -> ServiceError {
        not_authorized(format!("Unable to verify secret hash for client {}", self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::directory::ClientSettings;

    #[test]
    fn every_secret_hash_vector_is_accepted_and_no_other() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/secret_hash.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 21);
        for case in cases {
            let text = |key: &str| case[key].as_str().unwrap();
            let settings =
                ClientSettings { client_secret: Some(text("client_secret").into()), ..ClientSettings::default() };
            let client = AppClient { id: text("client_id").into(), settings, created_ms: 0 };
            assert!(client.check_secret_hash(text("username"), Some(text("secret_hash"))).is_ok(), "{case}");
            let other = format!("{}x", text("username"));
            assert!(client.check_secret_hash(&other, Some(text("secret_hash"))).is_err(), "{case}");
            assert!(client.check_secret_hash(text("username"), None).is_err(), "{case}");
        }
    }
}
