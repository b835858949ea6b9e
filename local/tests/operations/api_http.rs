//! The HTTP API with the JWT authoriser.

use serde_json::json;

use crate::api_rest::{call, tokens};
use crate::world::{PASSWORD, START_MS, WEB, World};

#[track_caller]
fn refused(world: &World, path: &str, token: Option<&str>, status: u16, header: Option<&str>) {
    let (response, body) = call(world, "GET", path, token);
    let text = match status {
        401 => "Unauthorized",
        403 => "Forbidden",
        _ => "Not Found",
    };
    assert_eq!((response.status, body), (status, json!({ "message": text })), "{path}");
    assert_eq!(response.header("www-authenticate"), header, "{path}");
    assert_eq!(response.header("Access-Control-Allow-Origin"), Some("*"), "pages can read it");
    assert!(response.header("Access-Control-Expose-Headers").unwrap().contains("WWW-Authenticate"));
}

#[test]
fn any_token_of_the_audience_opens_routes_without_scopes() {
    let world = World::new();
    let (id, access) = tokens(&world);
    for token in [&id, &access] {
        let (response, body) = call(&world, "GET", "/api/http/me", Some(&format!("Bearer {token}")));
        assert_eq!(response.status, 200, "{body}");
        assert_eq!(body["authorizer"]["jwt"]["claims"]["cognito:groups"], json!("[editors]"), "all are texts");
        assert!(body["authorizer"]["jwt"]["scopes"].is_null());
    }
    assert_eq!(call(&world, "GET", "/api/http/me", Some(&id)).0.status, 200, "Bearer may be left out");
    let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let other = world.sign_in(&client, "alice", PASSWORD);
    for token in ["IdToken", "AccessToken"] {
        let header =
            "Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token does not have a valid audience\"";
        refused(&world, "/api/http/me", other[token].as_str(), 401, Some(header));
    }
}

#[test]
fn scopes_need_an_access_token() {
    let world = World::new();
    let (id, access) = tokens(&world);
    let (response, body) = call(&world, "GET", "/api/http/notes/shared", Some(&access));
    assert_eq!((response.status, &body["authorizer"]["jwt"]["scopes"]), (200, &json!(["notes/read"])));
    let header = "Bearer scope=\"notes/read\" error=\"insufficient_scope\" error_description=\"the token does not have the right scopes\"";
    refused(&world, "/api/http/notes/shared", Some(&id), 403, Some(header));
    let of_the_api = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].as_str().unwrap().to_owned();
    refused(&world, "/api/http/notes/shared", Some(&of_the_api), 403, Some(header));
}

#[test]
fn every_fault_of_a_token_is_told() {
    let world = World::new();
    let header = |text: &str| format!("Bearer scope=\"\" error=\"invalid_token\" error_description=\"{text}\"");
    refused(&world, "/api/http/me", None, 401, Some("Bearer"));
    let malformed = header("token contains an invalid number of segments");
    for token in ["x", "a.b", "a.b.c.d"] {
        refused(&world, "/api/http/me", Some(token), 401, Some(&malformed));
    }
    for (order, text) in [
        (json!({ "sign": "broken" }), "invalid signature"),
        (json!({ "sign": "none" }), "invalid signature"),
        (json!({ "claims": { "iss": "https://example.com" } }), "invalid issuer"),
        (json!({ "claims": { "exp": START_MS / 1000 } }), "the token has expired"),
    ] {
        let mut fault = json!({ "operation": "InitiateAuth", "kind": "forge" });
        fault.as_object_mut().unwrap().extend(order.as_object().unwrap().clone());
        world.control("POST", "faults", fault);
        let (id, _) = tokens(&world);
        refused(&world, "/api/http/me", Some(&id), 401, Some(&header(text)));
    }
    refused(&world, "/api/http/other", None, 404, None);
}
