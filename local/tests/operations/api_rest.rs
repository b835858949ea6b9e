//! The REST API with the Cognito authoriser.

use poolpass_local::core::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::world::{PASSWORD, START_MS, WEB, World};

/// One call with an `Authorization` header.
pub(crate) fn call(world: &World, method: &str, path: &str, authorization: Option<&str>) -> (HttpResponse, Value) {
    let mut headers = vec![("Host".to_owned(), "localhost:9400".to_owned())];
    headers.extend(authorization.map(|value| ("Authorization".to_owned(), value.to_owned())));
    let request = HttpRequest { method: method.into(), target: path.into(), headers, body: b"{\"text\":1}".to_vec() };
    let response = world.emulator.handle(request);
    let body = serde_json::from_slice(&response.body).unwrap();
    (response, body)
}

/// ID token, and access token of the hosted UI with the scopes notes/read and notes/write.
pub(crate) fn tokens(world: &World) -> (String, String) {
    let id = world.sign_in(WEB, "alice", PASSWORD)["IdToken"].as_str().unwrap().to_owned();
    let access = world.oauth_sign_in(&[("scope", "openid notes/read")])["access_token"].as_str().unwrap().to_owned();
    (id, access)
}

#[track_caller]
fn refused(world: &World, method: &str, path: &str, token: Option<&str>, status: u16, text: &str) {
    let (response, body) = call(world, method, path, token);
    assert_eq!((response.status, body), (status, json!({ "message": text })), "{path}");
    assert!(response.header("Access-Control-Allow-Origin").is_none(), "a page can't read it");
    assert!(response.header("x-amzn-ErrorType").is_some());
}

#[test]
fn an_id_token_opens_routes_without_scopes() {
    let world = World::new();
    let (id, access) = tokens(&world);
    for header in [id.clone(), format!("Bearer {id}")] {
        let (response, body) = call(&world, "GET", "/api/rest/me?a=b%20c", Some(&header));
        assert_eq!(response.status, 200, "{body}");
        assert_eq!(response.header("Access-Control-Allow-Origin"), Some("*"));
        assert_eq!((&body["api"], &body["path"], &body["query"]["a"]), (&json!("rest"), &json!("/me"), &json!("b c")));
        assert_eq!(body["body"], json!({ "text": 1 }));
        let claims = &body["authorizer"]["claims"];
        assert_eq!((&claims["cognito:username"], &claims["token_use"]), (&json!("alice"), &json!("id")));
        assert_eq!(
            (&claims["cognito:groups"], &claims["email_verified"]),
            (&json!("editors"), &json!("true")),
            "all are texts"
        );
    }
    refused(&world, "GET", "/api/rest/me", Some(&access), 401, "Unauthorized");
    refused(&world, "GET", "/api/rest/me", None, 401, "Unauthorized");
    refused(&world, "GET", "/api/rest/me", Some("Bearer "), 401, "Unauthorized");
    refused(&world, "GET", "/api/rest/me", Some("nonsense"), 401, "Unauthorized");
    refused(&world, "GET", "/api/rest/me", Some(&format!("{id}x")), 401, "Unauthorized");
}

#[test]
fn an_access_token_opens_routes_with_its_scopes() {
    let world = World::new();
    let (id, access) = tokens(&world);
    let (response, body) = call(&world, "GET", "/api/rest/notes/shared", Some(&access));
    assert_eq!(response.status, 200, "{body}");
    refused(&world, "PUT", "/api/rest/notes/shared", Some(&access), 401, "Unauthorized");
    refused(&world, "GET", "/api/rest/notes/shared", Some(&id), 401, "Unauthorized");
    let of_the_api = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].as_str().unwrap().to_owned();
    refused(&world, "GET", "/api/rest/notes/shared", Some(&of_the_api), 401, "Unauthorized");
    let both =
        world.oauth_sign_in(&[("scope", "openid notes/read notes/write")])["access_token"].as_str().unwrap().to_owned();
    assert_eq!(call(&world, "PUT", "/api/rest/notes/shared", Some(&both)).0.status, 200);
}

#[test]
fn expired_and_forged_tokens_are_refused() {
    let world = World::new();
    for sign in ["foreign", "broken", "hs256", "none"] {
        world.control("POST", "faults", json!({ "operation": "InitiateAuth", "kind": "forge", "sign": sign }));
        let (id, _) = tokens(&world);
        refused(&world, "GET", "/api/rest/me", Some(&id), 401, "Unauthorized");
    }
    for claims in [json!({ "iss": "https://example.com" }), json!({ "nbf": START_MS / 1000 + 60 })] {
        world.control("POST", "faults", json!({ "operation": "InitiateAuth", "kind": "forge", "claims": claims }));
        let (id, _) = tokens(&world);
        refused(&world, "GET", "/api/rest/me", Some(&id), 401, "Unauthorized");
    }
    let (id, _) = tokens(&world);
    world.advance(3599);
    assert_eq!(call(&world, "GET", "/api/rest/me", Some(&id)).0.status, 200);
    world.advance(1);
    refused(&world, "GET", "/api/rest/me", Some(&id), 401, "The incoming token has expired");
}

#[test]
fn revocation_is_not_seen() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    world.ok("GlobalSignOut", json!({ "AccessToken": result["AccessToken"] }));
    assert_eq!(call(&world, "GET", "/api/rest/me", result["IdToken"].as_str()).0.status, 200);
}

#[test]
fn what_is_not_there_looks_like_a_missing_token() {
    let world = World::new();
    let (id, _) = tokens(&world);
    for (method, path) in [("GET", "/api/rest/other"), ("DELETE", "/api/rest/me"), ("GET", "/api/rest/me/")] {
        refused(&world, method, path, Some(&id), 403, "Missing Authentication Token");
    }
    assert_eq!(call(&world, "GET", "/api/none/x", Some(&id)).0.status, 403);
    assert_eq!(call(&world, "GET", "/api/rest", Some(&id)).0.status, 403);
}

#[test]
fn preflights_are_answered_without_a_token() {
    let world = World::new();
    let headers = vec![("Access-Control-Request-Headers".to_owned(), "authorization,x-amz-date".to_owned())];
    let target = "/api/rest/notes/shared".to_owned();
    let response = world.emulator.handle(HttpRequest { method: "OPTIONS".into(), target, headers, body: Vec::new() });
    assert_eq!(response.status, 200);
    assert_eq!(response.header("Access-Control-Allow-Headers"), Some("authorization,x-amz-date"));
    assert!(response.header("Access-Control-Allow-Methods").unwrap().contains("PUT"));
}

#[test]
fn throttling_can_be_ordered() {
    let world = World::new();
    world.control("POST", "faults", json!({ "operation": "/api/rest/me", "kind": "error", "status": 429 }));
    let (response, body) = call(&world, "GET", "/api/rest/me", None);
    assert_eq!((response.status, body), (429, json!({ "message": "Too Many Requests" })));
    let journal = world.control("GET", "requests", Value::Null);
    assert_eq!((&journal["byOperation"]["/api/rest/me"], &journal["log"][0]["status"]), (&json!(1), &json!(429)));
}
