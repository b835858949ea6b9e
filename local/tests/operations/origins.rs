//! Pages of other sites neither administrate nor control the emulator.
//!
//! Witness: Fetch Standard, "Origin header": browsers send it with every request across origins whose answer a page may read, and with
//! every POST and DELETE.

use poolpass_local::core::{Config, HttpRequest, HttpResponse, SEED};
use serde_json::{Value, json};

use crate::identity_world::IDENTITIES;
use crate::signer::Signed;
use crate::world::{POOL, WEB, World, password_flow, service_request, signature};

const EVIL: &str = "https://evil.example";

fn from_page(world: &World, origin: &str, host: &str, mut request: HttpRequest) -> HttpResponse {
    request.headers.retain(|(name, _)| name != "Host");
    request.headers.push(("Host".into(), host.into()));
    if !origin.is_empty() {
        request.headers.push(("Origin".into(), origin.into()));
    }
    world.emulator.handle(request)
}

fn plain(method: &str, target: &str, body: &str) -> HttpRequest {
    HttpRequest { method: method.into(), target: target.into(), headers: Vec::new(), body: body.into() }
}

fn administrator(operation: &str, body: &Value) -> HttpRequest {
    let mut request = service_request(operation, body.to_string());
    request.headers.push(("Authorization".into(), signature()));
    request
}

/// A provider whose addresses the caller chooses, so that the emulator would connect there.
fn provider() -> HttpRequest {
    let details = json!({
        "client_id": "c", "attributes_request_method": "GET", "oidc_issuer": "http://localhost:1", "authorize_scopes": "openid",
    });
    let body =
        json!({ "UserPoolId": POOL, "ProviderName": "Door", "ProviderType": "OIDC", "ProviderDetails": details });
    administrator("CreateIdentityProvider", &body)
}

fn requests() -> Vec<HttpRequest> {
    let mut identity = administrator("DescribeIdentityPool", &json!({ "IdentityPoolId": IDENTITIES }));
    identity.headers.retain(|(name, _)| name != "X-Amz-Target");
    identity.headers.push(("X-Amz-Target".into(), "AWSCognitoIdentityService.DescribeIdentityPool".into()));
    vec![
        provider(),
        administrator("ListUsers", &json!({ "UserPoolId": POOL })),
        identity,
        plain("GET", "/", ""),
        plain("GET", "/_poolpass/config", ""),
        plain("GET", "/_poolpass/inbox", ""),
        plain("POST", "/_poolpass/clock", r#"{"advanceSeconds":1}"#),
        plain("POST", "/_poolpass/reset", "{}"),
        plain("DELETE", "/_poolpass/inbox", ""),
    ]
}

#[test]
fn foreign_pages_are_refused() {
    let world = World::new();
    for request in requests() {
        let what = format!("{} {}", request.method, request.target);
        for origin in
            [EVIL, "null", "http://localhost.evil.example:9401", "http://localhost:9999", "https://localhost:9401"]
        {
            let response = from_page(&world, origin, "localhost:9400", request.clone());
            let text = String::from_utf8_lossy(&response.body).into_owned();
            assert_eq!(response.status, 403, "{what} of {origin}: {text}");
            assert!(text.contains("--allow-origin") && text.contains(origin), "{text}");
        }
    }
    let described = json!({ "UserPoolId": POOL, "ProviderName": "Door" });
    assert_eq!(world.err("DescribeIdentityProvider", described).0, "ResourceNotFoundException");
    assert_eq!(world.control("GET", "clock", Value::Null)["offsetMs"], 0);
}

#[test]
fn known_pages_and_programs_are_served() {
    let config = Config::from_toml(&format!("AllowedOrigins = [\"http://localhost:9999\"]\n{SEED}")).unwrap();
    let world = World::with(config);
    // Programs send no Origin. The rest: the emulator's own page, an app of the configuration, one that is allowed.
    for origin in
        ["", "http://localhost:9400", "http://localhost:9401", "http://localhost:5173", "http://localhost:9999"]
    {
        for request in requests() {
            let what = format!("{} {} of {origin}", request.method, request.target);
            assert_ne!(from_page(&world, origin, "localhost:9400", request).status, 403, "{what}");
        }
        world.control("POST", "reset", json!({}));
    }
}

#[test]
fn an_app_url_is_a_known_page() {
    let mut config = Config::default();
    config.add_app_url("https://app.example.com:8443/callback?x").unwrap();
    let world = World::with(config);
    let status = |origin| from_page(&world, origin, "localhost:9400", plain("GET", "/_poolpass/config", "")).status;
    assert_eq!((status("https://app.example.com:8443"), status("https://app.example.com")), (200, 403));
    // Anybody may write a client's addresses at run time, so that these count for nothing.
    world.ok(
        "CreateUserPoolClient",
        json!({ "UserPoolId": POOL, "ClientName": "c", "CallbackURLs": ["http://localhost:7777/"] }),
    );
    assert_eq!(status("http://localhost:7777"), 403);
}

#[test]
fn a_name_that_leads_here_is_no_key() {
    let world = World::new();
    // DNS rebinding: the page is at evil.example:9400, which leads to this machine; a GET of its own origin has no Origin.
    for (origin, host) in
        [("", "evil.example:9400"), ("http://evil.example:9400", "evil.example:9400"), ("", "evil.example.:9400")]
    {
        for request in requests() {
            let what = format!("{} {} at {host}", request.method, request.target);
            assert_eq!(from_page(&world, origin, host, request).status, 403, "{what}");
        }
    }
    for host in [
        "127.0.0.1:9400",
        "[::1]:9400",
        "192.168.0.2:9400",
        "cognito:9400",
        "cognito.test",
        "host.docker.internal:9400",
        "app.localhost",
    ] {
        for origin in [String::new(), format!("http://{host}")] {
            let response = from_page(&world, &origin, host, plain("GET", "/_poolpass/config", ""));
            assert_eq!(response.status, 200, "{host} {origin}");
        }
    }
    let config = Config::from_toml(&format!("AllowedOrigins = [\"http://cognito.example.com:9400\"]\n{SEED}")).unwrap();
    let response =
        from_page(&World::with(config), "", "cognito.example.com:9400", plain("GET", "/_poolpass/config", ""));
    assert_eq!(response.status, 200);
}

#[test]
fn everything_else_is_for_any_page() {
    let world = World::new();
    let sign_in = service_request("InitiateAuth", password_flow(WEB, "alice", crate::world::PASSWORD).to_string());
    for request in [
        sign_in,
        plain("GET", "/_poolpass/health", ""),
        plain("GET", &format!("/{POOL}/.well-known/jwks.json"), ""),
        plain("GET", "/_poolpass/providers/oidc/.well-known/openid-configuration", ""),
    ] {
        let target = request.target.clone();
        assert_eq!(from_page(&world, EVIL, "localhost:9400", request).status, 200, "{target}");
    }
    // A signature that is right proves more than an origin.
    let (_, credentials) = world.credentials(&json!({}));
    let mut signed = Signed::new(&credentials, "cognito-idp", "POST", "/");
    signed.headers = vec![
        ("content-type", "application/x-amz-json-1.1"),
        ("x-amz-target", "AWSCognitoIdentityProviderService.ListUsers"),
    ];
    let body = json!({ "UserPoolId": POOL }).to_string();
    signed.body = &body;
    let mut request = signed.request();
    request.headers.push(("Origin".into(), EVIL.into()));
    let response = world.emulator.handle(request);
    let text = String::from_utf8_lossy(&response.body).into_owned();
    assert!(text.contains("AccessDeniedException") && !text.contains("--allow-origin"), "{text}");
}

#[test]
fn mistakes_in_the_list_are_named() {
    for origin in ["*", "null", "localhost:1", "http://localhost:1/", "ftp://localhost", "http://a b", "http://"] {
        let text = format!("AllowedOrigins = [{origin:?}]\n{SEED}");
        let error = Config::from_toml(&text).err().map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.contains("AllowedOrigins") && text.contains(origin)), "{origin}");
    }
}

/// Every operation that AWS wants signed, and every request of the control API: what is added later is walked as well.
#[test]
fn no_operation_of_administrators_and_no_path_of_control_is_open_to_foreign_pages() {
    let world = World::new();
    let mut requests = Vec::new();
    for (prefix, model) in [
        ("AWSCognitoIdentityProviderService", include_str!("../../model/cognito-idp.json")),
        ("AWSCognitoIdentityService", include_str!("../../model/cognito-identity.json")),
    ] {
        let model: Value = serde_json::from_str(model).unwrap();
        for (operation, known) in model["operations"].as_object().unwrap() {
            if known["signed"] != true {
                continue;
            }
            let mut request = administrator(operation, &json!({}));
            request.headers.retain(|(name, _)| name != "X-Amz-Target");
            request.headers.push(("X-Amz-Target".into(), format!("{prefix}.{operation}")));
            requests.push((operation.clone(), request));
        }
    }
    assert!(requests.len() > 120, "{}", requests.len());
    let source = include_str!("../../src/core/control/answer.rs");
    let arms = source.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split_once("\")").map(|(arm, _)| arm));
    let arms = arms
        .filter_map(|arm| arm.split_once("\", \""))
        .filter(|(method, _)| ["GET", "POST", "DELETE"].contains(method));
    let arms = arms.map(|(method, path)| (method, format!("/_poolpass/{path}")));
    let control: Vec<_> = arms.map(|(method, path)| (format!("{method} {path}"), plain(method, &path, "{}"))).collect();
    assert!(control.len() >= 17, "{}", control.len());
    requests.extend(control);
    for (what, request) in requests {
        let status = from_page(&world, EVIL, "localhost:9400", request.clone()).status;
        assert_eq!(status, 403, "{what} of a foreign page");
        assert_ne!(from_page(&world, "", "localhost:9400", request).status, 403, "{what} of a program");
    }
}
