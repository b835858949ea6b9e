//! The issuer that tokens and discovery documents name.
//!
//! Witness: OpenID Connect Discovery 1.0, section 4.3: "The issuer value returned MUST be identical to the Issuer URL that was used as
//! the prefix to /.well-known/openid-configuration", and section 3.1.3.7 of OpenID Connect Core for the claim `iss`.

use poolpass_local::core::{Config, SEED};
use serde_json::{Value, json};

use crate::identity_world::LOGIN;
use crate::world::{PASSWORD, POOL, WEB, World, claims};

const LOCAL: &str = "http://localhost:9400";

fn config(issuer: &str) -> Config {
    Config::from_toml(&format!("Issuer = {issuer:?}\n{SEED}")).unwrap()
}

fn discovered(world: &World) -> Value {
    let reply = world.send("GET", &format!("/{POOL}/.well-known/openid-configuration"), "");
    serde_json::from_slice(&reply.body).unwrap()
}

#[test]
fn by_default_it_is_that_of_aws() {
    for world in [World::new(), World::with(config("aws"))] {
        let aws = format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}");
        assert_eq!(discovered(&world)["issuer"], aws);
        assert_eq!(claims(&world.sign_in(WEB, "alice", PASSWORD)["IdToken"])["iss"], aws);
    }
}

#[test]
fn a_local_issuer_is_the_address_of_its_discovery_document() {
    let world = World::with(config(LOCAL));
    let issuer = format!("{LOCAL}/{POOL}");
    for _ in 0..2 {
        assert_eq!(discovered(&world)["issuer"], issuer);
        let tokens = world.sign_in(WEB, "alice", PASSWORD);
        for token in ["IdToken", "AccessToken"] {
            assert_eq!(claims(&tokens[token])["iss"], issuer, "{token}");
        }
        // Also pools that are made later, and after a reset.
        let id = world.ok("CreateUserPool", json!({ "PoolName": "p" }))["UserPool"]["Id"].take();
        let path = format!("/{}", id.as_str().unwrap());
        let document = world.send("GET", &format!("{path}/.well-known/openid-configuration"), "");
        let document: Value = serde_json::from_slice(&document.body).unwrap();
        assert_eq!(document["issuer"], format!("{LOCAL}{path}"));
        world.control("POST", "reset", json!({}));
    }
}

#[test]
fn everything_of_the_emulator_takes_such_tokens() {
    let world = World::with(config(LOCAL));
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    let (id, access) = (tokens["IdToken"].as_str().unwrap(), tokens["AccessToken"].as_str().unwrap());
    world.ok("GetUser", json!({ "AccessToken": access }));
    // The key in Logins stays AWS's: identity pools know no other.
    world.get_id(&json!({ LOGIN: id }));
    for path in ["/api/rest/me", "/api/http/me"] {
        let headers = vec![("Host".into(), "localhost:9400".into()), ("Authorization".into(), id.to_owned())];
        let request =
            poolpass_local::core::HttpRequest { method: "GET".into(), target: path.into(), headers, body: vec![] };
        assert_eq!(world.emulator.handle(request).status, 200, "{path}");
    }
}

#[test]
fn other_words_are_refused() {
    for issuer in [
        "",
        "somewhere",
        "http://localhost:9400/",
        "http://example.com",
        "https://a b",
        "ftp://localhost",
        "http://localhost:9400/x?y",
    ] {
        let text = Config::from_toml(&format!("Issuer = {issuer:?}\n{SEED}")).err().map(|error| error.to_string());
        assert!(text.is_some_and(|text| text.contains("Issuer")), "{issuer}");
    }
    for issuer in
        ["aws", "local", "http://127.0.0.1:1", "https://id.example.com", "https://id.example.com:8443/cognito"]
    {
        config(issuer);
    }
}
