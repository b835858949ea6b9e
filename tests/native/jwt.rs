//! Tokens verified natively, with RSA from another crate.

use poolpass::error::ErrorKind;
use poolpass::json::Value;
use poolpass::jwt::TokenUse;
use poolpass::memory::World;
use poolpass::platform::Response;
use poolpass::{Client, Config};

use crate::stage::block_on;

use crate::{jwt_vectors, rsa_verify};

#[test]
fn every_jwt_vector_gets_the_expected_verdict() {
    let world = World::new();
    world.verify_with(rsa_verify::fits);
    block_on(jwt_vectors::agree_with_every_case(&world.tab()));
}

/// The same by the client's own method: keys fetched, the local clock.
#[test]
fn the_client_verifies_every_decided_vector() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("../vectors/jwt.json")).unwrap();
    let world = World::new();
    world.verify_with(rsa_verify::fits);
    let jwks = vectors["jwks"].to_string();
    world.connect(move |request| {
        assert!(request.url.ends_with("/us-east-1_Pp3xAmPl1/.well-known/jwks.json"), "{}", request.url);
        Ok(Response { status: 200, headers: Vec::new(), body: jwks.as_str().into() })
    });
    let tab = world.tab();
    tab.set_clock_error_ms(vectors["now"].as_i64().unwrap() * 1000 - world.now_ms());
    let config = format!(
        r#"{{"userPool": {{"userPoolId": "us-east-1_Pp3xAmPl1", "userPoolClientId": {}}}}}"#,
        vectors["client_id"]
    );
    let client = Client::new(Config::read(&Value::parse(&config).unwrap()).unwrap(), tab);
    for case in vectors["cases"].as_array().unwrap() {
        let Some(valid) = case["valid"].as_bool() else { continue };
        let token_use = if case["token_use"] == "id" { TokenUse::Id } else { TokenUse::Access };
        let outcome = block_on(client.verify_token(&case["token"].as_str().unwrap().into(), token_use));
        match outcome {
            Ok(claims) => assert!(valid && claims.subject().is_some(), "{}", case["name"]),
            Err(error) => assert!(!valid && matches!(error.kind(), ErrorKind::Token(_)), "{}: {error}", case["name"]),
        }
    }
}
