//! Compact JSON Web Signatures (RFC 7515), RS256 only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::keys::{KeyRing, Role};

/// Header and claims as they are signed.
pub(crate) fn message(header: Map<String, Value>, claims: Map<String, Value>) -> String {
    format!("{}.{}", encode(Value::Object(header).to_string()), encode(Value::Object(claims).to_string()))
}

/// The token.
pub(crate) fn assemble(message: &str, signature: &[u8]) -> String {
    format!("{message}.{}", encode(signature))
}

/// The claims of a token that a published key of that pool and role signed.
pub(crate) fn decode(keys: &KeyRing, pool_id: &str, role: Role, token: &str) -> Option<Map<String, Value>> {
    let (message, signature) = token.rsplit_once('.')?;
    let (header, claims) = message.split_once('.')?;
    let header = object(header)?;
    if header.get("alg")? != "RS256" {
        return None;
    }
    let kid = header.get("kid")?.as_str()?;
    let key = keys.published(pool_id, role).find(|key| key.kid == kid)?;
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
    use crate::core::world::tokens::sign;
    use serde_json::json;

    #[test]
    fn only_the_key_that_signed_verifies_and_only_while_it_is_published() {
        let keys = KeyRing::new([1; 32]);
        let claims = Map::from_iter([("sub".to_owned(), json!("x"))]);
        let token = sign(&keys, "p", Role::Access, claims.clone(), None);
        assert_eq!(decode(&keys, "p", Role::Access, &token), Some(claims.clone()));
        assert_eq!(decode(&keys, "p", Role::Id, &token), None);
        for broken in ["", "a.b", "a.b.c", &token[..token.len() - 4], &token.replace('.', "..")] {
            assert_eq!(decode(&keys, "p", Role::Access, broken), None, "{broken}");
        }
        keys.roll(true);
        let next = sign(&keys, "p", Role::Access, claims.clone(), None);
        assert_eq!(decode(&keys, "p", Role::Access, &token), Some(claims.clone()));
        assert_eq!(decode(&keys, "p", Role::Access, &next), Some(claims));
        assert_eq!(keys.jwks("p")["keys"].as_array().map(Vec::len), Some(4));
        keys.roll(false);
        assert_eq!(decode(&keys, "p", Role::Access, &token), None);
        assert_eq!(decode(&keys, "p", Role::Access, &next), None);
        assert_eq!(keys.jwks("p")["keys"].as_array().map(Vec::len), Some(2));
    }
}
