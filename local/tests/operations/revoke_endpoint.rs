//! `/oauth2/revoke`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::browser::APP;
use crate::oauth_client::refresh;
use crate::world::{PASSWORD, ROTATION, WEB, World};

#[test]
fn a_refresh_token_and_what_came_from_it_end() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[("scope", "openid aws.cognito.signin.user.admin")]);
    let form = [("token", tokens["refresh_token"].as_str().unwrap()), ("client_id", WEB)];
    for _ in 0..2 {
        let reply = world.post("/oauth2/revoke", &form, &[]);
        assert_eq!((reply.http.status, reply.http.body.len()), (200, 0), "the second time as well");
    }
    assert_eq!(world.token_error(&refresh(WEB, &tokens["refresh_token"])).0, "invalid_grant");
    let error = world.err("GetUser", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(error.1, "Access Token has been revoked");
    let api = world.sign_in(WEB, "alice", PASSWORD);
    let form = [("token", api["RefreshToken"].as_str().unwrap()), ("client_id", WEB)];
    assert_eq!(world.post("/oauth2/revoke", &form, &[]).http.status, 200);
    assert_eq!(world.token_error(&refresh(WEB, &api["RefreshToken"])).0, "invalid_grant");
}

#[test]
fn refusals_are_those_of_the_documentation() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[]);
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    let access_token = tokens["access_token"].as_str().unwrap();
    let deaf = world.client(json!({ "EnableTokenRevocation": false }));
    for (form, status, error) in [
        (vec![("client_id", WEB)], 400, "invalid_request"),
        (vec![("token", refresh_token)], 401, "invalid_client"),
        (vec![("token", refresh_token), ("client_id", "nobody")], 401, "invalid_client"),
        (vec![("token", refresh_token), ("client_id", WEB), ("client_secret", "x")], 401, "invalid_client"),
        (vec![("token", refresh_token), ("client_id", ROTATION)], 401, "invalid_client"),
        (vec![("token", refresh_token), ("client_id", &deaf)], 400, "invalid_request"),
        (vec![("token", access_token), ("client_id", WEB)], 400, "unsupported_token_type"),
    ] {
        let reply = world.post("/oauth2/revoke", &form, &[]);
        assert_eq!((reply.http.status, reply.error().0.as_str()), (status, error), "{}", reply.body);
    }
    assert_eq!(world.post("/oauth2/revoke", &[("token", "unknown"), ("client_id", WEB)], &[]).http.status, 200);
    world.token(&refresh(WEB, &tokens["refresh_token"]));
    assert_eq!(world.send("GET", "/oauth2/revoke", "").status, 405);
}

#[test]
fn a_client_with_a_secret_gives_it() {
    let world = World::new();
    let secret = "0123456789abcdefghijklmnopqrst";
    let client = world.client(json!({
        "ClientSecret": secret, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"], "CallbackURLs": [APP],
    }));
    let basic = format!("Basic {}", STANDARD.encode(format!("{client}:{secret}")));
    let reply = world.post("/oauth2/revoke", &[("token", "x")], &[("Authorization", &basic)]);
    assert_eq!(reply.http.status, 200);
    assert_eq!(world.post("/oauth2/revoke", &[("token", "x"), ("client_id", &client)], &[]).http.status, 401);
}
