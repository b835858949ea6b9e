//! JSON Web Key Sets (RFC 7517).

use crate::json::Value;

/// An RSA public key.
#[derive(Clone)]
pub struct Key {
    /// `kid`
    pub id: String,
    /// `n`, base64url.
    pub modulus: String,
    /// `e`, base64url.
    pub exponent: String,
}

/// Letters that a modulus of 2048 bits has as base64url; RFC 7518 section 3.3 forbids smaller ones.
const MIN_MODULUS: usize = 342;

/// The RS256 keys of a set; others are left out. `None` if this is no set.
pub fn read_keys(json: &Value) -> Option<Vec<Key>> {
    let keys = json.get("keys")?.elements()?;
    Some(keys.iter().filter_map(read_key).collect())
}

fn read_key(json: &Value) -> Option<Key> {
    let fits = json.str("kty") == Some("RSA")
        && json.str("alg").is_none_or(|algorithm| algorithm == "RS256")
        && json.str("use").is_none_or(|purpose| purpose == "sig");
    let key = Key { id: json.string("kid")?, modulus: json.string("n")?, exponent: json.string("e")? };
    (fits && key.modulus.len() >= MIN_MODULUS).then_some(key)
}
