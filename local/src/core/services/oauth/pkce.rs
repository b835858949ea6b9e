//! Proof Key for Code Exchange (RFC 7636), method S256 only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::core::wire::form::Form;

/// The challenge of a request, if it has one.
///
/// # Errors
/// A text: another method, none, or no challenge of that method.
pub(crate) fn read_challenge(query: &Form) -> Result<Option<String>, &'static str> {
    match (query.get("code_challenge"), query.get("code_challenge_method")) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err("code_challenge is missing"),
        (Some(_), None) => Err("code_challenge_method is missing: it must be S256"),
        (Some(challenge), Some("S256")) if is_challenge(challenge) => Ok(Some(challenge.to_owned())),
        (Some(_), Some("S256")) => Err("code_challenge must be 43 characters of base64url"),
        (Some(_), Some(_)) => Err("code_challenge_method must be S256"),
    }
}

/// Whether a verifier has the right form and belongs to a challenge.
pub(super) fn verifies(verifier: &str, challenge: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(unreserved)
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge
}

fn is_challenge(text: &str) -> bool {
    URL_SAFE_NO_PAD.decode(text).is_ok_and(|digest| digest.len() == 32)
}
