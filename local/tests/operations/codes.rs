//! Authorization codes: once, for five minutes, for one request.

use serde_json::json;

use crate::browser::{APP, VERIFIER};
use crate::oauth_client::{exchange, refresh};
use crate::world::{ROTATION, WEB, World};

fn refused(world: &World, form: &[(&str, &str)]) -> String {
    world.token_error(form).0
}

#[test]
fn a_code_lives_for_five_minutes() {
    let world = World::new();
    let (one, two) = (world.authorization_code(&[]), world.authorization_code(&[]));
    world.advance(299);
    world.token(&exchange(WEB, &one));
    world.advance(1);
    assert_eq!(refused(&world, &exchange(WEB, &two)), "invalid_grant");
}

#[test]
fn a_second_use_is_refused_and_revokes_what_the_first_gave() {
    let world = World::new();
    let code = world.authorization_code(&[("scope", "openid aws.cognito.signin.user.admin")]);
    let tokens = world.token(&exchange(WEB, &code));
    world.ok("GetUser", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(refused(&world, &exchange(WEB, &code)), "invalid_grant");
    assert_eq!(refused(&world, &refresh(WEB, &tokens["refresh_token"])), "invalid_grant");
    let error = world.err("GetUser", json!({ "AccessToken": tokens["access_token"] }));
    assert_eq!(error.1, "Access Token has been revoked");
}

#[test]
fn another_client_cannot_use_a_code_and_does_not_spoil_it() {
    let world = World::new();
    let code = world.authorization_code(&[]);
    assert_eq!(refused(&world, &exchange(ROTATION, &code)), "invalid_grant");
    world.token(&exchange(WEB, &code));
}

#[test]
fn any_attempt_of_the_right_client_uses_a_code_up() {
    let world = World::new();
    for (name, value, error) in [
        ("redirect_uri", "http://localhost:3000/", ("unauthorized_client", "invalid_redirect")),
        ("code_verifier", "wrong-verifier-of-the-right-length-0123456789", ("invalid_grant", "")),
        ("code_verifier", "short", ("invalid_grant", "")),
        ("code_verifier", "", ("invalid_request", "code_verifier is missing")),
    ] {
        let code = world.authorization_code(&[]);
        let mut form = exchange(WEB, &code);
        form.iter_mut().filter(|(known, _)| *known == name).for_each(|field| field.1 = value);
        assert_eq!(world.token_error(&form), (error.0.into(), error.1.into()), "{name}={value}");
        assert_eq!(refused(&world, &exchange(WEB, &code)), "invalid_grant", "{name}={value}");
    }
}

#[test]
fn codes_that_never_were_are_refused() {
    let world = World::new();
    for code in ["x", "00000000-0000-4000-8000-000000000000", "ü\u{0}", &"x".repeat(10_000)] {
        assert_eq!(refused(&world, &exchange(WEB, code)), "invalid_grant");
    }
}

#[test]
fn a_user_who_was_disabled_meanwhile_gets_no_tokens() {
    let world = World::new();
    let code = world.authorization_code(&[]);
    world.ok("AdminDisableUser", json!({ "UserPoolId": crate::world::POOL, "Username": "alice" }));
    assert_eq!(refused(&world, &exchange(WEB, &code)), "invalid_grant");
}

#[test]
fn a_verifier_without_a_challenge_is_refused() {
    let world = World::new();
    let secret = "s".repeat(30);
    let client = world.client(json!({
        "ClientSecret": secret, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"], "CallbackURLs": [APP],
    }));
    let without =
        [("client_id", client.as_str()), ("scope", "openid"), ("code_challenge", ""), ("code_challenge_method", "")];
    let form = |code: &str, verifier: &str| {
        let mut form: Vec<(String, String)> =
            exchange(&client, code).map(|(name, value)| (name.into(), value.into())).to_vec();
        form.push(("client_secret".into(), secret.clone()));
        form.iter_mut().filter(|(name, _)| name == "code_verifier").for_each(|field| field.1 = verifier.into());
        form
    };
    let post = |form: Vec<(String, String)>| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.post("/oauth2/token", &form, &[])
    };
    let code = world.authorization_code(&without);
    assert_eq!(post(form(&code, VERIFIER)).error().0, "invalid_grant");
    let code = world.authorization_code(&without);
    assert_eq!(post(form(&code, "")).http.status, 200, "a client with a secret may do without PKCE");
}
