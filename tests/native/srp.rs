//! SRP against vectors of independent implementations, and against malformed challenges.

use poolpass::secret::Secret;
use poolpass::srp::{Challenge, EphemeralKey, Identity, timestamp};
use serde_json::Value;

use crate::srp_vectors;

#[test]
fn every_case_step_by_step() {
    srp_vectors::every_case_step_by_step();
}

#[test]
fn every_device_case_step_by_step() {
    srp_vectors::every_device_case_step_by_step();
}

#[test]
fn every_case_in_one_call() {
    srp_vectors::every_case_in_one_call();
}

#[test]
fn server_values_that_break_srp_are_refused() {
    srp_vectors::server_values_that_break_srp_are_refused();
}

#[test]
fn leading_zeros_of_a_salt_do_not_count() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/srp_user.json")).unwrap();
    let salt = vectors["divergence"]["salt_hex"].as_str().unwrap();
    let padded = poolpass::srp::pad(&poolpass::encode::hex::decode_integer(salt).unwrap());
    let text: String = padded.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(text, vectors["divergence"]["integer_first_padded_hex"].as_str().unwrap());
}

#[test]
fn timestamps() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/timestamps.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 36);
    for case in cases {
        assert_eq!(timestamp::format(case["epoch_ms"].as_i64().unwrap()), case["timestamp"].as_str().unwrap());
    }
}

#[test]
fn short_random_is_refused() {
    assert!(EphemeralKey::new(Secret::new(vec![7; 31])).is_err());
    assert!(EphemeralKey::new(Secret::new(vec![7; 32])).is_ok());
}

#[test]
fn malformed_challenges_are_refused_without_a_panic() {
    let key = EphemeralKey::new(Secret::new(vec![7; 32])).unwrap();
    let identity = Identity { group: "Pool", user: "user" };
    let long = "f".repeat(2000);
    let good = Challenge { salt: "12", server_public: "34", secret_block: "AA==" };
    let prove = |challenge: &Challenge<'_>| key.prove(&identity, &"password".into(), challenge, 0);
    assert!(prove(&good).is_ok());
    for bad in ["", "x", "-1", "0x12", "12 ", &long] {
        assert_eq!(prove(&Challenge { salt: bad, ..good }).err().unwrap().code(), "invalid_response");
        assert_eq!(prove(&Challenge { server_public: bad, ..good }).err().unwrap().code(), "invalid_response");
    }
    assert_eq!(prove(&Challenge { secret_block: "A", ..good }).err().unwrap().code(), "invalid_response");
    assert_eq!(prove(&Challenge { server_public: "0", ..good }).err().unwrap().code(), "srp_refused");
}
