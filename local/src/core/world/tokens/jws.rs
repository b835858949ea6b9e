//! Checking signatures of others: JSON Web Signatures (RFC 7515) under JSON Web Keys (RFC 7517).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::{Map, Value};

/// An RSA key of 2048 to 8192 bits.
pub(crate) struct RsaKey {
    pub(crate) modulus: Vec<u8>,
    pub(crate) exponent: Vec<u8>,
}

impl RsaKey {
    /// PKCS#1 v1.5 with SHA-256.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let zeros = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == 0).count();
        let (n, e) = (&self.modulus[zeros(&self.modulus)..], &self.exponent[zeros(&self.exponent)..]);
        RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
    }
}

/// The claims of a token that a key of the set signed with RS256 or ES256.
///
/// # Errors
/// A text that says what is wrong.
pub(crate) fn verify(token: &str, jwks: &Value) -> Result<Map<String, Value>, &'static str> {
    let malformed = "The ID token is malformed";
    let (message, signature) = token.rsplit_once('.').ok_or(malformed)?;
    let (header, claims) = message.split_once('.').ok_or(malformed)?;
    let (header, claims) = (object(header).ok_or(malformed)?, object(claims).ok_or(malformed)?);
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed)?;
    let algorithm = header.get("alg").and_then(Value::as_str).unwrap_or_default();
    let kind = match algorithm {
        "RS256" => "RSA",
        "ES256" => "EC",
        _ => return Err("The ID token is signed with an algorithm other than RS256 and ES256"),
    };
    if header.contains_key("crit") {
        return Err("The ID token has critical header parameters");
    }
    let text = |key: &Value, name: &str| key.get(name).and_then(Value::as_str).map(str::to_owned);
    let fits = |key: &&Value| {
        text(key, "kty").as_deref() == Some(kind)
            && text(key, "use").is_none_or(|usage| usage == "sig")
            && text(key, "alg").is_none_or(|alg| alg == algorithm)
    };
    let keys = jwks.get("keys").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut fitting = keys.iter().filter(fits);
    let key = match header.get("kid") {
        Some(kid) => fitting.find(|key| key.get("kid") == Some(kid)),
        // Without a key id there must be no doubt which key is meant (OpenID Connect Core, section 10.1).
        None => fitting.next().filter(|_| fitting.next().is_none()),
    };
    let key = key.ok_or("The ID token is signed with a key that is not in the key set")?;
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(key, name).unwrap_or_default()).unwrap_or_default();
    let holds = match kind {
        "RSA" => RsaKey { modulus: bytes("n"), exponent: bytes("e") }.verifies(message.as_bytes(), &signature),
        _ => {
            let point = [&[4][..], &bytes("x"), &bytes("y")].concat();
            let p256 = text(key, "crv").as_deref() == Some("P-256");
            p256 && UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message.as_bytes(), &signature)
                .is_ok()
        }
    };
    if holds { Ok(claims) } else { Err("The signature of the ID token is wrong") }
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::json;

    #[test]
    fn es256_tokens_verify_under_their_key_only() {
        let random = SystemRandom::new();
        let make = || {
            let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap()
        };
        let jwk = |key: &EcdsaKeyPair, kid: &str| {
            let point = key.public_key().as_ref();
            json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..]) })
        };
        let (own, other) = (make(), make());
        let token = |header: Value| {
            let message =
                format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(r#"{"a":1}"#));
            let signature = own.sign(&random, message.as_bytes()).unwrap();
            format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
        };
        let set = json!({ "keys": [jwk(&own, "1"), jwk(&other, "2")] });
        assert_eq!(verify(&token(json!({ "alg": "ES256", "kid": "1" })), &set).unwrap()["a"], 1);
        let refused = |header: Value, set: &Value| verify(&token(header), set).unwrap_err();
        assert!(refused(json!({ "alg": "ES256", "kid": "2" }), &set).contains("signature"));
        assert!(refused(json!({ "alg": "ES256", "kid": "3" }), &set).contains("not in the key set"));
        assert!(refused(json!({ "alg": "ES256" }), &set).contains("not in the key set"), "two keys fit");
        assert!(verify(&token(json!({ "alg": "ES256" })), &json!({ "keys": [jwk(&own, "1")] })).is_ok());
        for algorithm in ["none", "HS256", "RS512", "es256", ""] {
            assert!(refused(json!({ "alg": algorithm, "kid": "1" }), &set).contains("algorithm"), "{algorithm}");
        }
        assert!(refused(json!({ "alg": "RS256", "kid": "1" }), &set).contains("not in the key set"));
        assert!(refused(json!({ "alg": "ES256", "kid": "1", "crit": [] }), &set).contains("critical"));
        for broken in ["", "a", "a.b", "a.b.c", "..", "e30.e30."] {
            assert!(verify(broken, &set).is_err(), "{broken}");
        }
    }
}
