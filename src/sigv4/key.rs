//! The key that signs one day's requests to one service of one region.

use super::{Credentials, Scope};
use crate::crypto::sha256::hmac_sha256;
use crate::secret::Secret;

/// A signing key and its scope. Four of the five HMACs of a signature derive it, so it is worth keeping.
pub struct SigningKey {
    secret_access_key: Secret<String>,
    date: String,
    region: String,
    service: String,
    key: Secret<[u8; 32]>,
}

impl SigningKey {
    /// Derives the key of these credentials for this day, region and service.
    pub fn derive(credentials: &Credentials, scope: &Scope<'_>) -> Self {
        let first = Secret::new(["AWS4", credentials.secret_access_key.expose_secret()].concat());
        let mut key = Secret::new(hmac_sha256(first.expose_secret().as_bytes(), &[scope.date().as_bytes()]));
        for part in [scope.region, scope.service, "aws4_request"] {
            key = Secret::new(hmac_sha256(key.expose_secret(), &[part.as_bytes()]));
        }
        Self {
            secret_access_key: credentials.secret_access_key.clone(),
            date: scope.date().to_owned(),
            region: scope.region.to_owned(),
            service: scope.service.to_owned(),
            key,
        }
    }

    /// Whether this is the key of these credentials for this day, region and service.
    pub fn is_for(&self, credentials: &Credentials, scope: &Scope<'_>) -> bool {
        self.date == scope.date()
            && self.region == scope.region
            && self.service == scope.service
            && self.secret_access_key.expose_secret() == credentials.secret_access_key.expose_secret()
    }

    pub(super) fn sign(&self, text: &str) -> [u8; 32] {
        hmac_sha256(self.key.expose_secret(), &[text.as_bytes()])
    }
}
