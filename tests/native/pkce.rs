//! PKCE against vectors made by other implementations.

use poolpass::pkce;
use poolpass::secret::Secret;

#[test]
fn challenges_agree_with_every_vector() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("../vectors/pkce.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    for case in cases {
        let verifier = Secret::from(case["code_verifier"].as_str().unwrap());
        assert_eq!(pkce::challenge(&verifier), case["code_challenge"].as_str().unwrap(), "{}", case["name"]);
    }
    assert_eq!(cases.len(), 26);
}

#[test]
fn verifiers_have_the_form_of_rfc_7636() {
    let verifier = pkce::verifier(&Secret::new((0..32).map(|byte| byte * 8 + 7).collect()));
    let text = verifier.expose_secret();
    assert_eq!(text.len(), 43);
    assert!(text.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_')), "{text}");
}
