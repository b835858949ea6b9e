//! Compact JSON Web Signatures (RFC 7515), RS256 only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::keys::SigningKey;

/// Signs claims. `kid` is the key id to announce; for a forged token it belongs to another key.
pub(crate) fn sign(key: &SigningKey, announced: &SigningKey, claims: Map<String, Value>) -> String {
    let header = json!({ "kid": announced.kid, "alg": "RS256" });
    let message = format!("{}.{}", encode(header.to_string()), encode(Value::Object(claims).to_string()));
    let signature = encode(key.sign(message.as_bytes()).unwrap_or_default());
    format!("{message}.{signature}")
}

/// The claims of a token that this key signed.
pub(crate) fn decode(key: &SigningKey, token: &str) -> Option<Map<String, Value>> {
    let (message, signature) = token.rsplit_once('.')?;
    let (header, claims) = message.split_once('.')?;
    let header = object(header)?;
    if header.get("alg")? != "RS256" || header.get("kid")?.as_str()? != key.kid {
        return None;
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    key.verifies(message.as_bytes(), &signature).then(|| object(claims))?
}

/// The claims of a token that nobody has checked: only good for finding the key to check it with.
pub(crate) fn unchecked_claims(token: &str) -> Option<Map<String, Value>> {
    object(token.split('.').nth(1)?)
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::tokens::{KeyRing, Role};

    #[test]
    fn only_the_key_that_signed_verifies() {
        let ring = KeyRing::new([1; 32]);
        let (access, id) = (ring.key("p", Role::Access), ring.key("p", Role::Id));
        let claims = Map::from_iter([("sub".to_owned(), json!("x"))]);
        let token = sign(&access, &access, claims.clone());
        assert_eq!(decode(&access, &token), Some(claims.clone()));
        assert_eq!(decode(&id, &token), None);
        assert_eq!(decode(&access, &sign(&id, &access, claims)), None, "a forged token");
        for broken in ["", "a.b", "a.b.c", &token[..token.len() - 4], &token.replace('.', "..")] {
            assert_eq!(decode(&access, broken), None, "{broken}");
        }
    }
}
