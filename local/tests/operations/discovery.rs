//! What OpenID discovery tells.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::world::{POOL, World};

#[test]
fn the_endpoints_are_at_the_address_that_was_asked() {
    let world = World::new();
    for host in ["localhost:9400", "127.0.0.1:1234"] {
        let http = world.emulator.handle(HttpRequest {
            method: "GET".into(),
            target: format!("/{POOL}/.well-known/openid-configuration"),
            headers: vec![("Host".into(), host.into())],
            body: Vec::new(),
        });
        let body: Value = serde_json::from_slice(&http.body).unwrap();
        for (name, path) in [
            ("authorization_endpoint", "/oauth2/authorize"),
            ("end_session_endpoint", "/logout"),
            ("token_endpoint", "/oauth2/token"),
            ("revocation_endpoint", "/oauth2/revoke"),
            ("userinfo_endpoint", "/oauth2/userInfo"),
            ("jwks_uri", "/eu-west-1_PoolPass1/.well-known/jwks.json"),
        ] {
            assert_eq!(body[name], format!("http://{host}{path}"), "{name}");
        }
        assert_eq!(body["issuer"], format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}"));
        assert_eq!(body["code_challenge_methods_supported"], json!(["S256"]));
        assert_eq!(body["response_types_supported"], json!(["code", "token"]));
    }
}
