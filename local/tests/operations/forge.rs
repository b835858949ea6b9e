//! Misbehaviour on order: forged tokens, user info and redirects, and rolled keys.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::browser::{APP, Browser, authorize, parameters};
use crate::oauth_client::{exchange, refresh};
use crate::tokens::verifies;
use crate::world::{PASSWORD, POOL, WEB, World, claims};

fn order(world: &World, fault: Value) {
    world.control("POST", "faults", fault);
}

fn header(token: &Value) -> Value {
    let part = token.as_str().unwrap().split('.').next().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn kids(world: &World) -> Vec<String> {
    let http = world.send("GET", &format!("/{POOL}/.well-known/jwks.json"), "");
    let body: Value = serde_json::from_slice(&http.body).unwrap();
    body["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn claims_are_changed_added_and_left_out() {
    let world = World::new();
    order(
        &world,
        json!({
            "operation": "/oauth2/token", "kind": "forge", "token": "id",
            "claims": { "iss": "https://evil.example", "extra": [1] }, "remove": ["nonce"],
        }),
    );
    let tokens = world.oauth_sign_in(&[]);
    let id = claims(&tokens["id_token"]);
    assert_eq!((&id["iss"], &id["extra"]), (&json!("https://evil.example"), &json!([1])));
    assert!(id.get("nonce").is_none() && verifies(&world, &tokens["id_token"]));
    assert_ne!(claims(&tokens["access_token"])["iss"], "https://evil.example");
    assert_eq!(claims(&world.oauth_sign_in(&[])["id_token"])["nonce"], "the-nonce", "once only");
}

#[test]
fn signatures_are_wrong_in_every_way_that_is_ordered() {
    let world = World::new();
    for (sign, algorithm, signature) in [
        ("own", "RS256", 342),
        ("foreign", "RS256", 342),
        ("broken", "RS256", 342),
        ("accessKey", "RS256", 342),
        ("hs256", "HS256", 43),
        ("none", "none", 0),
    ] {
        order(&world, json!({ "operation": "/oauth2/token", "kind": "forge", "token": "id", "sign": sign }));
        let token = world.oauth_sign_in(&[])["id_token"].take();
        assert_eq!(header(&token)["alg"], algorithm, "{sign}");
        assert_eq!(token.as_str().unwrap().rsplit('.').next().unwrap().len(), signature, "{sign}");
        assert!(kids(&world).contains(&header(&token)["kid"].as_str().unwrap().to_owned()));
        assert_eq!(signature == 342 && verifies(&world, &token), ["own", "accessKey"].contains(&sign), "{sign}");
    }
    let headers = json!({ "alg": "none", "kid": null, "jku": "https://evil.example" });
    order(&world, json!({ "operation": "/oauth2/token", "kind": "forge", "token": "access", "header": headers }));
    let tokens = world.oauth_sign_in(&[]);
    assert_eq!(header(&tokens["access_token"]), json!({ "alg": "none", "jku": "https://evil.example" }));
    assert_eq!(header(&tokens["id_token"])["alg"], "RS256");
}

#[test]
fn a_forged_refresh_and_a_forged_api_sign_in() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[]);
    order(&world, json!({ "operation": "/oauth2/token", "kind": "forge", "claims": { "sub": "other" } }));
    let fresh = world.token(&refresh(WEB, &tokens["refresh_token"]));
    for token in ["id_token", "access_token"] {
        assert_eq!(claims(&fresh[token])["sub"], "other", "{token}");
    }
    order(&world, json!({ "operation": "InitiateAuth", "kind": "forge", "token": "id", "claims": { "sub": "other" } }));
    assert_eq!(claims(&world.sign_in(WEB, "alice", PASSWORD)["IdToken"])["sub"], "other");
}

#[test]
fn user_info_can_be_someone_elses() {
    let world = World::new();
    let token = format!("Bearer {}", world.oauth_sign_in(&[])["access_token"].as_str().unwrap());
    order(
        &world,
        json!({ "operation": "/oauth2/userInfo", "kind": "forge", "claims": { "sub": "other" }, "remove": ["email"] }),
    );
    let info = world.user_info(Some(&token)).body;
    assert!(info["sub"] == "other" && info.get("email").is_none());
    assert_ne!(world.user_info(Some(&token)).body["sub"], "other");
}

#[test]
fn the_way_back_can_be_changed() {
    let world = World::new();
    let mut browser = Browser::new(&world);
    order(&world, json!({ "operation": "/oauth2/authorize", "kind": "forge", "parameters": { "state": "x" } }));
    let answer = parameters(&browser.sign_in(&authorize(&[]), "alice", PASSWORD));
    assert_eq!(answer["state"], "x", "it waits for the end of the pages");
    order(&world, json!({ "operation": "/oauth2/authorize", "kind": "forge", "remove": ["state"] }));
    assert!(!parameters(&browser.open(&authorize(&[])).app()).contains_key("state"));
    let error = json!({ "error": "server_error", "error_description": "as ordered" });
    order(
        &world,
        json!({ "operation": "/oauth2/authorize", "kind": "forge", "parameters": error, "remove": ["code"] }),
    );
    assert_eq!(
        browser.open(&authorize(&[])).app(),
        format!("{APP}?state=the-state&error=server_error&error_description=as+ordered")
    );
}

#[test]
fn every_kind_of_fault_works_by_path() {
    let world = World::new();
    let code = world.authorization_code(&[]);
    order(
        &world,
        json!({ "operation": "/oauth2/token", "kind": "error", "status": 503, "type": "temporarily_unavailable", "message": "later" }),
    );
    let reply = world.post("/oauth2/token", &exchange(WEB, &code), &[]);
    assert_eq!(reply.http.status, 503);
    assert_eq!(reply.body, json!({ "error": "temporarily_unavailable", "error_description": "later" }));
    order(&world, json!({ "operation": "/oauth2/token", "kind": "dropAfter" }));
    let lost = world.post("/oauth2/token", &exchange(WEB, &code), &[]);
    assert_eq!(lost.http.delivery, poolpass_local::core::Delivery::Drop);
    assert_eq!(world.token_error(&exchange(WEB, &code)).0, "invalid_grant", "the work was done");
    order(&world, json!({ "operation": "/oauth2/token", "kind": "wrongKey" }));
    assert!(!verifies(&world, &world.oauth_sign_in(&[])["id_token"]));
    order(&world, json!({ "operation": "jwks.json", "kind": "error", "status": 500 }));
    assert_eq!(world.send("GET", &format!("/{POOL}/.well-known/jwks.json"), "").status, 500);
    order(&world, json!({ "operation": "/login", "kind": "garbage" }));
    assert_eq!(Browser::new(&world).request("GET", "/login", "").body, b"<html>not what you expected");
    for path in ["/oauth2/userInfo", "/oauth2/revoke", "/oauth2/authorize"] {
        order(&world, json!({ "operation": path, "kind": "late", "delayMs": 5 }));
        let delivery = world.send("GET", path, "").delivery;
        assert_eq!(delivery, poolpass_local::core::Delivery::Late(std::time::Duration::from_millis(5)), "{path}");
    }
}

#[test]
fn keys_roll_with_and_without_the_old_ones() {
    let world = World::new();
    let old = kids(&world);
    let before = world.oauth_sign_in(&[("scope", "openid aws.cognito.signin.user.admin")]);
    world.control("POST", "keys", json!({ "roll": true, "keepOld": true }));
    let both = kids(&world);
    assert!(both.len() == 4 && old.iter().all(|kid| both.contains(kid)));
    world.ok("GetUser", json!({ "AccessToken": before["access_token"] }));
    world.control("POST", "keys", json!({ "roll": true }));
    let new = kids(&world);
    assert!(new.len() == 2 && new.iter().all(|kid| !both.contains(kid)));
    assert_eq!(world.err("GetUser", json!({ "AccessToken": before["access_token"] })).1, "Invalid Access Token");
    assert!(verifies(&world, &world.oauth_sign_in(&[])["id_token"]));
    assert_eq!(world.send("POST", "/_poolpass/keys", "{\"roll\":false}").status, 400);
    assert_eq!(world.send("GET", "/_poolpass/keys", "").status, 405);
}

#[test]
fn nonsense_is_refused() {
    let world = World::new();
    for wrong in [
        json!({ "operation": "/oauth2/token", "kind": "forge" }),
        json!({ "operation": "/oauth2/token", "kind": "forge", "sign": "magic" }),
        json!({ "operation": "/oauth2/token", "kind": "forge", "parameters": { "state": "x" } }),
        json!({ "operation": "/oauth2/authorize", "kind": "forge", "claims": { "sub": "x" } }),
        json!({ "operation": "/oauth2/authorize", "kind": "forge", "sign": "none" }),
        json!({ "operation": "/oauth2/token", "kind": "error", "sign": "none" }),
        json!({ "operation": "/oauth2/token", "kind": "late", "delayMs": 1, "claims": { "sub": "x" } }),
    ] {
        assert_eq!(world.send("POST", "/_poolpass/faults", &wrong.to_string()).status, 400, "{wrong}");
    }
}
