//! CORS, the page, and paths that lead nowhere.

use poolpass_local::core::HttpRequest;
use serde_json::json;

use crate::world::{PASSWORD, WEB, World};

fn preflight(target: &str, asked: &str) -> HttpRequest {
    let headers = [
        ("Origin", "http://localhost:3000"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", asked),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    HttpRequest { method: "OPTIONS".into(), target: target.into(), headers, body: Vec::new() }
}

#[test]
fn preflights_allow_every_header_that_clients_send() {
    let world = World::new();
    let asked = "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent,x-mine";
    let http = world.emulator.handle(preflight("/", asked));
    assert_eq!(http.status, 200);
    for (name, value) in [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Headers", asked),
        ("Access-Control-Max-Age", "172800"),
    ] {
        assert_eq!(http.header(name), Some(value), "{name}");
    }
    assert!(http.header("Access-Control-Allow-Methods").unwrap().contains("POST"));
    let http = world.emulator.handle(preflight("/", ""));
    for header in [
        "x-amz-target",
        "x-amz-user-agent",
        "amz-sdk-request",
        "authorization",
        "x-amz-date",
        "x-amz-security-token",
        "x-api-key",
    ] {
        assert!(http.header("Access-Control-Allow-Headers").unwrap().contains(header), "{header}");
    }
    let http = world.emulator.handle(preflight("/_poolpass/inbox", "content-type"));
    assert!(http.header("Access-Control-Allow-Methods").unwrap().contains("DELETE"));
}

#[test]
fn the_page_shows_the_state_and_escapes_it() {
    let world = World::new();
    let hostile = "<img/src=x/onerror=alert(1)>";
    let body = json!({ "ClientId": WEB, "Username": hostile, "Password": PASSWORD, "UserAttributes": [{ "Name": "email", "Value": "m@example.com" }] });
    world.ok("SignUp", body);
    world.call("GetUser", json!({ "AccessToken": "x" }));
    let http = world.send("GET", "/", "");
    assert_eq!(http.status, 200);
    assert_eq!(http.header("Content-Type"), Some("text/html; charset=utf-8"));
    let page = String::from_utf8(http.body.clone()).unwrap();
    assert!(!page.contains(hostile));
    for shown in [
        "&lt;img/src=x",
        WEB,
        "alice@example.com",
        "UNCONFIRMED",
        &world.code("m@example.com"),
        "400 NotAuthorizedException",
        "2025-11-06 09:05:03 UTC",
        &format!("{} (for 27 s)", world.totp("frank")),
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let policy = http.header("Content-Security-Policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("script-src 'sha256-") && !policy.contains("unsafe")
    );
}

#[test]
fn other_paths_lead_nowhere() {
    let world = World::new();
    for (method, path) in [
        ("GET", "/nothing"),
        ("PUT", "/"),
        ("POST", "/eu-west-1_PoolPass1/.well-known/jwks.json"),
        ("GET", "/_poolpass/nothing"),
    ] {
        assert_eq!(world.send(method, path, "").status, 404, "{method} {path}");
    }
    assert_eq!(world.send("PUT", "/_poolpass/clock", "").status, 405);
}
