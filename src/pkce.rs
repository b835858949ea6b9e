//! Proof Key for Code Exchange (RFC 7636), method S256.

use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::secret::Secret;

/// The code verifier of 32 random bytes: 43 letters.
pub fn verifier(random: &Secret<Vec<u8>>) -> Secret<String> {
    base64::encode_url(random.expose_secret()).into()
}

/// The code challenge of a verifier.
pub fn challenge(verifier: &Secret<String>) -> String {
    base64::encode_url(&sha256(&[verifier.expose_secret().as_bytes()]))
}
