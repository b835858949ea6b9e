//! What an ID token must say (OpenID Connect Core, section 3.1.3.7).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// How far the clocks of provider and emulator may be apart, in seconds.
const SKEW_S: u64 = 300;

/// What is known before the token is read.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) access_token: &'a str,
    pub(crate) now_s: u64,
}

/// # Errors
/// A text that says what is wrong.
pub(crate) fn check(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), &'static str> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let time = |name: &str| claims.get(name).and_then(Value::as_f64);
    let (now, skew) = (expected.now_s as f64, SKEW_S as f64);
    if text("iss") != Some(expected.issuer) {
        return Err("The iss of the ID token is not the issuer of the provider");
    }
    let audiences: Vec<&str> = match claims.get("aud") {
        Some(Value::String(audience)) => vec![audience],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !audiences.contains(&expected.client_id) {
        return Err("The aud of the ID token does not contain the client_id of the provider");
    }
    let authorized = claims.get("azp").map(|azp| azp == expected.client_id);
    if !authorized.unwrap_or(audiences.len() == 1) {
        return Err("The azp of the ID token is not the client_id of the provider");
    }
    if text("nonce") != Some(expected.nonce) {
        return Err("The nonce of the ID token is not that of the request");
    }
    if !time("exp").is_some_and(|expires| now < expires + skew) {
        return Err("The ID token has expired");
    }
    if !time("iat").is_some_and(|issued| (issued - now).abs() <= skew) {
        return Err("The iat of the ID token is too far from the present");
    }
    if time("nbf").is_some_and(|begins| begins > now + skew) {
        return Err("The ID token is not valid yet");
    }
    let digest = Sha256::digest(expected.access_token);
    if claims.get("at_hash").is_some_and(|hash| *hash != URL_SAFE_NO_PAD.encode(&digest[..16])) {
        return Err("The at_hash of the ID token does not fit the access token");
    }
    if text("sub").is_none_or(str::is_empty) {
        return Err("The ID token has no sub");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: u64 = 1_762_419_903;

    fn check_with(changes: Value) -> Result<(), &'static str> {
        let mut claims =
            json!({ "iss": "https://i", "aud": "c", "nonce": "n", "sub": "s", "exp": NOW + 60, "iat": NOW });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let expected = Expected { issuer: "https://i", client_id: "c", nonce: "n", access_token: "token", now_s: NOW };
        let mut claims = claims.as_object().unwrap().clone();
        claims.retain(|_, value| !value.is_null());
        check(&claims, &expected)
    }

    #[test]
    fn what_is_right_passes() {
        let hash = URL_SAFE_NO_PAD.encode(&Sha256::digest("token")[..16]);
        for changes in [
            json!({}),
            json!({ "aud": ["c"] }),
            json!({ "aud": ["c", "d"], "azp": "c" }),
            json!({ "at_hash": hash, "nbf": NOW }),
            json!({ "iat": NOW + 299, "exp": NOW - 299 }),
        ] {
            assert_eq!(check_with(changes.clone()), Ok(()), "{changes}");
        }
    }

    #[test]
    fn each_wrong_claim_has_its_own_refusal() {
        for (changes, word) in [
            (json!({ "iss": "https://i/" }), "iss"),
            (json!({ "iss": null }), "iss"),
            (json!({ "aud": "d" }), "aud"),
            (json!({ "aud": [] }), "aud"),
            (json!({ "aud": null }), "aud"),
            (json!({ "aud": ["c", "d"] }), "azp"),
            (json!({ "azp": "d" }), "azp"),
            (json!({ "azp": 1 }), "azp"),
            (json!({ "nonce": "m" }), "nonce"),
            (json!({ "nonce": null }), "nonce"),
            (json!({ "exp": NOW - 300 }), "expired"),
            (json!({ "exp": null }), "expired"),
            (json!({ "iat": NOW + 301 }), "iat"),
            (json!({ "iat": NOW - 301 }), "iat"),
            (json!({ "iat": null }), "iat"),
            (json!({ "nbf": NOW + 301 }), "not valid yet"),
            (json!({ "at_hash": "x" }), "at_hash"),
            (json!({ "sub": "" }), "sub"),
            (json!({ "sub": null }), "sub"),
        ] {
            let refusal = check_with(changes.clone()).unwrap_err();
            assert!(refusal.contains(word), "{changes}: {refusal}");
        }
    }
}
