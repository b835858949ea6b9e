//! The rules of a pool about what `client_secret` holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use super::AppClient;
use super::client_secret::ClientSecret;
use crate::core::wire::error::{ServiceError, invalid, not_authorized, not_found};

impl AppClient {
    /// The secret that descriptions of the client show: the oldest.
    pub(crate) fn secret(&self) -> Option<&str> {
        self.secrets.first().map(|secret| secret.value.as_str())
    }

    /// `ClientSecretDescriptorType` of each, without the values.
    pub(crate) fn secret_descriptors(&self) -> Vec<Value> {
        self.secrets.iter().map(ClientSecret::describe).collect()
    }

    /// Adds a secret to a client that has one: its descriptor.
    ///
    /// # Errors
    /// `InvalidParameterException` for a public client and for a secret that it has, `LimitExceededException`.
    pub(crate) fn add_secret(&mut self, value: String, now_ms: u64) -> Result<Value, ServiceError> {
        if self.secrets.is_empty() {
            return Err(invalid("Client secrets can only be added to a client that was made with a secret."));
        }
        if self.secrets.iter().any(|secret| secret.value == value) {
            return Err(invalid("The client already has this secret."));
        }
        if self.secrets.len() == MOST_SECRETS {
            let text = format!("An app client can't have more than {MOST_SECRETS} secrets.");
            return Err(ServiceError::new("LimitExceededException", text));
        }
        let mut secret = ClientSecret::new(&self.id, value, now_ms);
        if self.secrets.iter().any(|other| other.id == secret.id) {
            // Two in the same millisecond.
            secret.id = format!("{}--{}", self.id, now_ms + 1);
        }
        let descriptor = secret.describe();
        self.secrets.push(secret);
        Ok(descriptor)
    }

    /// # Errors
    /// `ResourceNotFoundException`, or `InvalidParameterException` for the last one.
    pub(crate) fn remove_secret(&mut self, id: &str) -> Result<(), ServiceError> {
        if !self.secrets.iter().any(|secret| secret.id == id) {
            return Err(not_found(format!("Client secret {id} does not exist.")));
        }
        if self.secrets.len() == 1 {
            return Err(invalid("You cannot delete the last remaining secret for an app client."));
        }
        self.secrets.retain(|secret| secret.id != id);
        Ok(())
    }

    /// Checks a `SECRET_HASH`: base64 of HMAC-SHA256 under a secret, over user name and client id.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Result<(), ServiceError> {
        let id = &self.id;
        if self.secrets.is_empty() {
            return match hash {
                None => Ok(()),
                Some(_) => Err(not_authorized(format!(
                    "Client {id} is not configured with secret but SECRET_HASH was received"
                ))),
            };
        }
        let Some(hash) = hash else {
            return Err(not_authorized(format!(
                "Client {id} is configured with secret but SECRET_HASH was not received"
            )));
        };
        let given = STANDARD.decode(hash).unwrap_or_default();
        let fits = |secret: &ClientSecret| {
            let mac = Hmac::<Sha256>::new_from_slice(secret.value.as_bytes());
            mac.is_ok_and(|mac| mac.chain_update(username).chain_update(id).verify_slice(&given).is_ok())
        };
        if self.secrets.iter().any(fits) { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    /// Checks the plain secret that `GetTokensFromRefreshToken` and `RevokeToken` take.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret(&self, secret: Option<&str>) -> Result<(), ServiceError> {
        let fits = match secret {
            None => self.secrets.is_empty(),
            Some(given) => self.secrets.iter().any(|secret| secret.value == given),
        };
        if fits { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    pub(super) fn secret_mismatch(&self) -> ServiceError {
        not_authorized(format!("Unable to verify secret hash for client {}", self.id))
    }
}

/// "Supports up to 2 active secrets per app client" (`AddUserPoolClientSecret`).
pub(super) const MOST_SECRETS: usize = 2;

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
            let client = AppClient::new(text("client_id").into(), settings, 0);
            assert!(client.check_secret_hash(text("username"), Some(text("secret_hash"))).is_ok(), "{case}");
            let other = format!("{}x", text("username"));
            assert!(client.check_secret_hash(&other, Some(text("secret_hash"))).is_err(), "{case}");
            assert!(client.check_secret_hash(text("username"), None).is_err(), "{case}");
        }
    }
}
