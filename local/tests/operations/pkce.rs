//! Every PKCE vector, through the pages and the token endpoint.

use serde_json::Value;

use crate::browser::{Browser, authorize, parameters};
use crate::oauth_client::exchange;
use crate::world::{PASSWORD, WEB, World};

fn vectors() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/pkce.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn cases(vectors: &Value, list: &str) -> Vec<Value> {
    vectors[list].as_array().unwrap_or_else(|| panic!("{list}")).clone()
}

#[test]
fn every_verifier_belongs_to_its_challenge_and_to_no_other() {
    let vectors = vectors();
    let cases = [cases(&vectors, "cases"), cases(&vectors["amplify_generator"], "cases")].concat();
    assert_eq!(cases.len(), 29);
    let world = World::new();
    let mut browser = Browser::new(&world);
    browser.sign_in(&authorize(&[]), "alice", PASSWORD);
    let mut attempt = |challenge: &str, verifier: &str| {
        let app = browser.open(&authorize(&[("code_challenge", challenge)])).app();
        let code = parameters(&app)["code"].clone();
        let mut form = exchange(WEB, &code);
        form[4].1 = verifier;
        world.post("/oauth2/token", &form, &[])
    };
    for (index, case) in cases.iter().enumerate() {
        let text = |case: &Value, key: &str| case[key].as_str().unwrap().to_owned();
        let challenge = text(case, "code_challenge");
        let right = attempt(&challenge, &text(case, "code_verifier"));
        assert_eq!(right.http.status, 200, "{case}");
        let other = &cases[(index + 1) % cases.len()];
        assert_eq!(attempt(&challenge, &text(other, "code_verifier")).error().0, "invalid_grant", "{case}");
    }
}

#[test]
fn verifiers_of_other_forms_are_refused() {
    let vectors = vectors();
    let invalid = cases(&vectors, "invalid_verifiers");
    assert_eq!(invalid.len(), 5);
    let world = World::new();
    for case in &invalid {
        let verifier = case["code_verifier"].as_str().unwrap();
        // The challenge is the right one for these characters, so only their form can be refused.
        let challenge = challenge_of(verifier);
        let code = world.authorization_code(&[("code_challenge", &challenge)]);
        let mut form = exchange(WEB, &code);
        form[4].1 = verifier;
        let error = world.token_error(&form).0;
        assert!(["invalid_grant", "invalid_request"].contains(&error.as_str()), "{case}");
    }
}

fn challenge_of(verifier: &str) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(verifier))
}
