//! The shared vectors, from the server's side.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use serde_json::Value;

use super::group::{N, g, hash, hex, pad};
use super::server::derive_key;
use super::{Challenge, Claim, Verifier, parse_public_value};

fn vectors() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/srp_user.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

fn bytes_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_case_agrees_and_its_signature_is_accepted() {
    let vectors = vectors();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 45);
    for case in cases {
        let text = |key: &str| case[key].as_str().unwrap_or_else(|| panic!("{key}"));
        let name = text("name");
        let (pool_name, username, password) = (text("pool_name"), text("user_id_for_srp"), text("password"));

        let x = hash(&[&pad(&number(text("salt_hex"))), &inner(pool_name, username, password)]);
        assert_eq!(hex(&x), text("x_hex"), "{name}: x");
        assert_eq!(bytes_hex(&pad(&number(text("salt_hex")))), text("salt_padded_hex"), "{name}: salt");
        let verifier = Verifier::from_parts(number(text("salt_hex")), g().modpow(&x, &N));
        assert_eq!(hex(verifier.v()), text("verifier_hex"), "{name}: v");
        assert!(verifier.matches(pool_name, username, password), "{name}: password");
        assert!(!verifier.matches(pool_name, username, "another"), "{name}: another password");

        let challenge = Challenge::new(&verifier, &number(text("b_hex")).to_bytes_be()).unwrap();
        assert_eq!(hex(challenge.public()), text("srp_b_hex"), "{name}: B");
        let client_public = parse_public_value(text("srp_a_hex")).unwrap();
        let u = hash(&[&pad(&client_public), &pad(challenge.public())]);
        assert_eq!(bytes_hex(&pad(&u)), text("u_padded_hex"), "{name}: u");
        let shared = challenge.shared_secret(&verifier, &client_public, &u);
        assert_eq!(hex(&shared), text("S_hex"), "{name}: S");
        let key = challenge.session_key(&verifier, &client_public).unwrap();
        assert_eq!(key, derive_key(&u, &shared), "{name}: derivation");
        assert_eq!(bytes_hex(&key), text("hkdf_key_hex"), "{name}: K");

        let secret_block = STANDARD.decode(text("secret_block_b64")).unwrap();
        let claim = Claim { pool_name, username, secret_block: &secret_block, timestamp: text("timestamp") };
        let mut signature = STANDARD.decode(text("password_claim_signature_b64")).unwrap();
        assert!(claim.is_signed_by(&key, &signature), "{name}: signature");
        assert!(!claim.is_signed_by(&key, &signature[..31]), "{name}: short signature");
        signature[0] ^= 1;
        assert!(!claim.is_signed_by(&key, &signature), "{name}: changed signature");
    }
}

#[test]
fn public_values_that_are_zero_mod_n_are_refused() {
    let vectors = vectors();
    let values = vectors["server_a_values"].as_array().unwrap();
    assert_eq!(values.len(), 5);
    for value in values {
        let refused = parse_public_value(value["srp_a_hex"].as_str().unwrap()).is_none();
        assert_eq!(refused, value["server_must_reject"].as_bool().unwrap(), "{}", value["name"]);
    }
    for malformed in ["", "xyz", "-2", "+2", " 2", "1_0", &"f".repeat(1537)] {
        assert!(parse_public_value(malformed).is_none(), "{malformed}");
    }
}

#[test]
fn a_verifier_from_a_password_matches_only_that_password() {
    let verifier = Verifier::new("Pool", "alice", "Correct-Horse7!", [9; 16]);
    assert!(verifier.matches("Pool", "alice", "Correct-Horse7!"));
    assert!(!verifier.matches("Pool", "alice", "correct-Horse7!"));
    assert!(!verifier.matches("Pool", "Alice", "Correct-Horse7!"));
    assert!(!verifier.matches("pool", "alice", "Correct-Horse7!"));
}

/// The device's group key stands for the name of the pool, and its key for the user.
#[test]
fn every_device_proves_itself_with_what_it_confirmed() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/srp_device.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 15);
    for case in cases {
        let text = |key: &str| case[key].as_str().unwrap_or_else(|| panic!("{key}"));
        let (name, group_key, key) = (text("name"), text("device_group_key"), text("device_key"));
        let bytes = |key: &str| STANDARD.decode(text(key)).unwrap();
        let verifier = Verifier::from_bytes(&bytes("salt_b64"), &bytes("password_verifier_b64")).unwrap();
        assert_eq!(hex(&verifier.salt), text("salt_param_hex"), "{name}: salt");
        assert!(verifier.matches(group_key, key, text("device_password")), "{name}: password");
        let challenge = Challenge::new(&verifier, &number(text("b_hex")).to_bytes_be()).unwrap();
        assert_eq!(hex(challenge.public()), text("srp_b_hex"), "{name}: B");
        let client_public = parse_public_value(text("srp_a_hex")).unwrap();
        let session_key = challenge.session_key(&verifier, &client_public).unwrap();
        assert_eq!(bytes_hex(&session_key), text("hkdf_key_hex"), "{name}: K");
        let (block, timestamp) = (bytes("secret_block_b64"), text("timestamp"));
        let claim = Claim { pool_name: group_key, username: key, secret_block: &block, timestamp };
        assert!(claim.is_signed_by(&session_key, &bytes("password_claim_signature_b64")), "{name}: signature");
    }
}

#[test]
fn a_verifier_is_an_element_of_the_group() {
    let refused = |v: &num_bigint::BigUint| Verifier::from_bytes(&[1], &v.to_bytes_be()).is_none();
    assert!(refused(&number("0")) && refused(&N) && refused(&(&*N + 1_u8)));
    assert!(!refused(&(&*N - 1_u8)));
}

fn inner(pool_name: &str, username: &str, password: &str) -> Vec<u8> {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(format!("{pool_name}{username}:{password}")).to_vec()
}
