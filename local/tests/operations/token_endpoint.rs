//! `/oauth2/token`: replies, errors, client authentication and the three grants.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::browser::APP;
use crate::oauth_client::{exchange, refresh};
use crate::tokens::verifies;
use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, claims};

const SECRET: &str = "0123456789abcdefghijklmnopqrst";

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_reply_is_oauths_and_readable_from_any_page() {
    let world = World::new();
    let code = world.authorization_code(&[]);
    let reply = world.post("/oauth2/token", &exchange(WEB, &code), &[("Origin", "http://localhost:9401")]);
    assert_eq!(names(&reply.body), ["access_token", "expires_in", "id_token", "refresh_token", "token_type"]);
    assert_eq!((&reply.body["expires_in"], &reply.body["token_type"]), (&json!(3600), &json!("Bearer")));
    for (name, value) in [
        ("Content-Type", "application/json;charset=UTF-8"),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
        ("Date", "Thu, 06 Nov 2025 09:05:03 GMT"),
    ] {
        assert_eq!(reply.http.header(name), Some(value), "{name}");
    }
    assert!(reply.http.header("Access-Control-Expose-Headers").unwrap().contains("Date"));
    assert_eq!(reply.http.header("x-amz-cognito-request-id").map(str::len), Some(36));
    let preflight = world.send("OPTIONS", "/oauth2/token", "");
    assert_eq!(preflight.header("Access-Control-Allow-Methods"), Some("POST"));
    let preflight = world.send("OPTIONS", "/oauth2/userInfo", "");
    assert_eq!(preflight.header("Access-Control-Allow-Methods"), Some("GET, POST"));
}

#[test]
fn tokens_of_the_hosted_ui_say_where_they_come_from() {
    let world = World::new();
    world.advance(7);
    let code =
        world.authorization_code(&[("scope", "openid email notes/read"), ("resource", "https://api.example.com/")]);
    world.advance(5);
    let tokens = world.token(&exchange(WEB, &code));
    let (id, access) = (claims(&tokens["id_token"]), claims(&tokens["access_token"]));
    assert!(verifies(&world, &tokens["id_token"]) && verifies(&world, &tokens["access_token"]));
    for (claim, value) in [
        ("nonce", json!("the-nonce")),
        ("aud", json!(WEB)),
        ("auth_time", json!(START_MS / 1000 + 7)),
        ("iat", json!(START_MS / 1000 + 12)),
        ("email", json!("alice@example.com")),
        ("email_verified", json!(true)),
        ("cognito:username", json!("alice")),
    ] {
        assert_eq!(id[claim], value, "{claim}");
    }
    let digest = Sha256::digest(tokens["access_token"].as_str().unwrap());
    assert_eq!(id["at_hash"], json!(URL_SAFE_NO_PAD.encode(&digest[..16])));
    for (claim, value) in [
        ("scope", json!("openid email notes/read")),
        ("version", json!(2)),
        ("client_id", json!(WEB)),
        ("aud", json!("https://api.example.com/")),
        ("username", json!("alice")),
    ] {
        assert_eq!(access[claim], value, "{claim}");
    }
    assert!(access.get("nonce").is_none() && access.get("at_hash").is_none());
    for shared in ["sub", "event_id", "origin_jti", "auth_time"] {
        assert_eq!(id[shared], access[shared], "{shared}");
    }
}

#[test]
fn a_refresh_keeps_the_grant_but_not_the_nonce() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[("scope", "openid email notes/read")]);
    world.advance(600);
    let fresh = world.token(&refresh(WEB, &tokens["refresh_token"]));
    assert_eq!(names(&fresh), ["access_token", "expires_in", "id_token", "token_type"]);
    let (id, access) = (claims(&fresh["id_token"]), claims(&fresh["access_token"]));
    assert_eq!((&access["scope"], &access["version"]), (&json!("openid email notes/read"), &json!(2)));
    assert_eq!((&id["auth_time"], &id["iat"]), (&json!(START_MS / 1000), &json!(START_MS / 1000 + 600)));
    assert!(id.get("nonce").is_none() && id.get("phone_number").is_none());
    let api =
        world.ok("GetTokensFromRefreshToken", json!({ "RefreshToken": tokens["refresh_token"], "ClientId": WEB }));
    assert_eq!(claims(&api["AuthenticationResult"]["AccessToken"])["scope"], "openid email notes/read");
    world.advance(30 * 86_400);
    let error = world.token_error(&refresh(WEB, &tokens["refresh_token"]));
    assert_eq!(error, ("invalid_grant".into(), "Refresh Token has expired".into()));
}

#[test]
fn refresh_tokens_rotate_here_too() {
    let world = World::new();
    let first = world.oauth_sign_in(&[("client_id", ROTATION)]);
    let second = world.token(&refresh(ROTATION, &first["refresh_token"]));
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_eq!(world.token_error(&refresh(ROTATION, &first["refresh_token"])).0, "invalid_grant");
    world.token(&refresh(ROTATION, &second["refresh_token"]));
    assert_eq!(world.token_error(&refresh(WEB, &second["refresh_token"])).0, "invalid_grant", "another client");
}

#[test]
fn tokens_of_the_api_can_be_refreshed_here() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let fresh = world.token(&refresh(WEB, &result["RefreshToken"]));
    assert_eq!(claims(&fresh["access_token"])["scope"], "aws.cognito.signin.user.admin");
    assert!(fresh.get("id_token").is_some());
}

#[test]
fn ending_a_session_ends_it_here_too() {
    let world = World::new();
    let scope = ("scope", "openid aws.cognito.signin.user.admin");
    let tokens = world.oauth_sign_in(&[scope]);
    world.ok("GlobalSignOut", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(world.token_error(&refresh(WEB, &tokens["refresh_token"])).0, "invalid_grant");
    let tokens = world.oauth_sign_in(&[scope]);
    world.ok("RevokeToken", json!({ "Token": tokens["refresh_token"], "ClientId": WEB }));
    assert_eq!(world.token_error(&refresh(WEB, &tokens["refresh_token"])).0, "invalid_grant");
}

#[test]
fn access_tokens_are_good_for_the_api_only_with_its_scope() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[("scope", "openid email")]);
    let error = world.err("GetUser", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(error, ("NotAuthorizedException".into(), "Access Token does not have required scopes".into()));
    let tokens = world.oauth_sign_in(&[("scope", "aws.cognito.signin.user.admin")]);
    assert!(tokens.get("id_token").is_none(), "no openid, no ID token");
    assert_eq!(world.ok("GetUser", json!({ "AccessToken": tokens["access_token"] }))["Username"], "alice");
}

#[test]
fn malformed_requests_are_refused() {
    let world = World::new();
    let grant = ("grant_type", "authorization_code");
    let client = ("client_id", WEB);
    for (form, error) in [
        (vec![], ("invalid_request", "grant_type is missing")),
        (vec![client], ("invalid_request", "grant_type is missing")),
        (vec![grant], ("invalid_request", "client_id is missing")),
        (vec![grant, ("client_id", "nobody")], ("invalid_client", "")),
        (vec![("grant_type", "password"), client], ("unsupported_grant_type", "")),
        (vec![grant, client], ("invalid_request", "code is missing")),
        (vec![grant, client, ("code", "x")], ("invalid_request", "redirect_uri is missing")),
        (vec![("grant_type", "refresh_token"), client], ("invalid_request", "refresh_token is missing")),
        (vec![grant, client, client], ("invalid_request", "client_id must appear only once")),
        (vec![grant, client, ("client_secret", "x")], ("invalid_client", "invalid_client_secret")),
        (vec![("grant_type", "client_credentials"), client], ("unauthorized_client", "")),
    ] {
        assert_eq!(world.token_error(&form), (error.0.into(), error.1.into()), "{form:?}");
    }
    let json = HttpRequest {
        method: "POST".into(),
        target: "/oauth2/token".into(),
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: b"{}".to_vec(),
    };
    assert_eq!(world.emulator.handle(json).status, 400);
    assert_eq!(world.send("GET", "/oauth2/token", "").status, 405);
}

#[test]
fn a_secret_is_checked_in_the_body_and_as_basic() {
    let world = World::new();
    let client = world.client(json!({
        "ClientSecret": SECRET, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"], "CallbackURLs": [APP],
    }));
    let code = || world.authorization_code(&[("client_id", &client), ("scope", "openid")]);
    let basic = |id: &str, secret: &str| format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    let post = |code: &str, secret: Option<&str>, header: Option<String>| {
        let mut form = exchange(&client, code).to_vec();
        form.extend(secret.map(|secret| ("client_secret", secret)));
        let headers: Vec<(&str, &str)> = header.iter().map(|value| ("Authorization", value.as_str())).collect();
        world.post("/oauth2/token", &form, &headers)
    };
    assert_eq!(post(&code(), Some(SECRET), None).http.status, 200);
    assert_eq!(post(&code(), None, Some(basic(&client, SECRET))).http.status, 200);
    assert_eq!(post(&code(), None, Some(basic(&client, SECRET).replace("Basic", "basic"))).http.status, 200);
    for (secret, header) in [
        (None, None),
        (Some("wrong"), None),
        (None, Some(basic(&client, "wrong"))),
        (None, Some(basic(WEB, SECRET))),
        (None, Some("Basic %%%".into())),
        (None, Some("Bearer x".into())),
        (None, Some("Basic".into())),
    ] {
        let reply = post(&code(), secret, header.clone());
        assert_eq!((reply.http.status, reply.error().0.as_str()), (400, "invalid_client"), "{secret:?} {header:?}");
    }
}

#[test]
fn a_client_can_have_a_token_of_its_own() {
    let world = World::new();
    let client = world.client(json!({
        "ClientSecret": SECRET, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["notes/read", "notes/write"],
    }));
    let form = |extra: &[(&'static str, &'static str)]| {
        let mut form =
            vec![("grant_type", "client_credentials"), ("client_id", client.as_str()), ("client_secret", SECRET)];
        form.extend_from_slice(extra);
        world.post("/oauth2/token", &form, &[])
    };
    let reply = form(&[("scope", "notes/read"), ("resource", "https://api.example.com")]).body;
    assert_eq!(names(&reply), ["access_token", "expires_in", "token_type"]);
    let access = claims(&reply["access_token"]);
    assert!(verifies(&world, &reply["access_token"]));
    assert_eq!((&access["sub"], &access["client_id"]), (&json!(client), &json!(client)));
    assert_eq!((&access["scope"], &access["aud"]), (&json!("notes/read"), &json!("https://api.example.com")));
    assert!(access.get("username").is_none());
    assert_eq!(claims(&form(&[]).body["access_token"])["scope"], "notes/read notes/write");
    assert_eq!(form(&[("scope", "openid")]).error().0, "invalid_scope");
    assert_eq!(form(&[("resource", "x")]).error().0, "invalid_request");
    let error = world.err("GetUser", json!({ "AccessToken": reply["access_token"] }));
    assert_eq!(error.1, "Invalid Access Token");
    assert_eq!(world.user_info(Some(&format!("Bearer {}", reply["access_token"].as_str().unwrap()))).http.status, 401);
}

#[test]
fn scopes_need_readable_attributes() {
    let world = World::new();
    let client = world.client(json!({
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "email"],
        "CallbackURLs": [APP], "ReadAttributes": ["name"],
    }));
    let code = world.authorization_code(&[("client_id", &client)]);
    assert_eq!(world.token_error(&exchange(&client, &code)).0, "invalid_grant");
}

#[test]
fn requests_are_written_down_by_path_and_without_their_content() {
    let world = World::new();
    let code = world.authorization_code(&[("state", "secret-state")]);
    let tokens = world.token(&exchange(WEB, &code));
    world.token_error(&exchange(WEB, &code));
    let log = world.control("GET", "requests", Value::Null);
    let seen: Vec<(String, u64)> = log["log"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["operation"].as_str().unwrap().to_owned(), entry["status"].as_u64().unwrap()))
        .collect();
    let expected =
        [("/oauth2/authorize", 302), ("/login", 200), ("/login", 302), ("/oauth2/token", 200), ("/oauth2/token", 400)];
    assert_eq!(seen, expected.map(|(name, status)| (name.to_owned(), status)));
    assert_eq!((&log["log"][4]["errorType"], &log["log"][4]["clientId"]), (&json!("invalid_grant"), &json!(WEB)));
    let text = log.to_string();
    for secret in ["secret-state", PASSWORD, &code, tokens["access_token"].as_str().unwrap()] {
        assert!(!text.contains(secret));
    }
    assert!(!text.contains(POOL));
}
