//! `/oauth2/userInfo`.

use serde_json::{Value, json};

use crate::world::{PASSWORD, WEB, World};

fn bearer(token: &Value) -> String {
    format!("Bearer {}", token.as_str().unwrap())
}

#[test]
fn attributes_come_as_strings() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[("scope", "openid email")]);
    let reply = world.user_info(Some(&bearer(&tokens["access_token"])));
    assert_eq!(reply.http.status, 200);
    let sub = &crate::world::claims(&tokens["id_token"])["sub"];
    let expected = json!({ "sub": sub, "username": "alice", "email": "alice@example.com", "email_verified": "true" });
    assert_eq!(reply.body, expected);
    assert_eq!(reply.http.header("Access-Control-Allow-Origin"), Some("*"));
    let post = world.post("/oauth2/userInfo", &[], &[("Authorization", &bearer(&tokens["access_token"]))]);
    assert_eq!(post.body, expected);
}

#[test]
fn other_tokens_and_requests_are_refused() {
    let world = World::new();
    let tokens = world.oauth_sign_in(&[("scope", "openid email aws.cognito.signin.user.admin")]);
    let api = world.sign_in(WEB, "alice", PASSWORD);
    let without = world.oauth_sign_in(&[("scope", "aws.cognito.signin.user.admin")]);
    for (header, status, error) in [
        (None, 400, "invalid_request"),
        (Some(String::new()), 400, "invalid_request"),
        (Some("Bearer".into()), 400, "invalid_request"),
        (Some("Bearer ".into()), 400, "invalid_request"),
        (Some("Basic abc".into()), 400, "invalid_request"),
        (Some("Bearer x.y.z".into()), 401, "invalid_token"),
        (Some(bearer(&tokens["id_token"])), 401, "invalid_token"),
        (Some(bearer(&tokens["refresh_token"])), 401, "invalid_token"),
        (Some(bearer(&api["AccessToken"])), 401, "invalid_token"),
        (Some(bearer(&without["access_token"])), 401, "invalid_token"),
    ] {
        let reply = world.user_info(header.as_deref());
        assert_eq!((reply.http.status, reply.error().0.as_str()), (status, error), "{header:?}");
        let challenge = reply.http.header("WWW-Authenticate").unwrap();
        assert!(challenge.starts_with(&format!("error=\"{error}\", error_description=\"")), "{challenge}");
    }
    let good = bearer(&tokens["access_token"]);
    world.ok("GlobalSignOut", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(world.user_info(Some(&good)).http.status, 401);
    let expiring = bearer(&world.oauth_sign_in(&[])["access_token"]);
    world.advance(3599);
    assert_eq!(world.user_info(Some(&expiring)).http.status, 200);
    world.advance(1);
    assert_eq!(world.user_info(Some(&expiring)).http.status, 401);
}
