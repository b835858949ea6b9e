//! GetUser, RevokeToken, GlobalSignOut.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, ROTATION, WEB, World, assert_refused};

fn get_user(token: &Value) -> Value {
    json!({ "AccessToken": token })
}

fn refresh(token: &Value) -> Value {
    json!({ "RefreshToken": token, "ClientId": WEB })
}

#[test]
fn get_user_shows_the_user_until_the_token_expires() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let user = world.ok("GetUser", get_user(&token));
    assert_eq!(user["Username"], "alice");
    let names: Vec<_> = user["UserAttributes"].as_array().unwrap().iter().map(|a| a["Name"].clone()).collect();
    assert_eq!(names, ["sub", "email", "email_verified"]);
    world.advance(3599);
    world.ok("GetUser", get_user(&token));
    world.advance(1);
    assert_refused(world.err("GetUser", get_user(&token)), "Access Token has expired");
}

#[test]
fn other_tokens_are_invalid() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let access = result["AccessToken"].as_str().unwrap();
    let tampered = format!("{}A{}", &access[..access.len() - 10], &access[access.len() - 9..]);
    for token in
        [result["IdToken"].clone(), result["RefreshToken"].clone(), json!("x"), json!("a.b.c"), json!(tampered)]
    {
        assert_refused(world.err("GetUser", get_user(&token)), "Invalid Access Token");
    }
}

#[test]
fn revoking_a_refresh_token_ends_that_sign_in_only() {
    let world = World::new();
    let (one, other) = (world.sign_in(WEB, "alice", PASSWORD), world.sign_in(WEB, "alice", PASSWORD));
    for _ in 0..2 {
        let reply = world.ok("RevokeToken", json!({ "Token": one["RefreshToken"], "ClientId": WEB }));
        assert_eq!(reply, json!({}));
    }
    assert_refused(world.err("GetUser", get_user(&one["AccessToken"])), "Access Token has been revoked");
    assert_refused(
        world.err("GetTokensFromRefreshToken", refresh(&one["RefreshToken"])),
        "Refresh Token has been revoked",
    );
    world.ok("GetUser", get_user(&other["AccessToken"]));
    world.ok("GetTokensFromRefreshToken", refresh(&other["RefreshToken"]));
}

#[test]
fn revocation_refuses_what_it_cannot_revoke() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let revoke =
        |token: &Value, client: &str| world.err("RevokeToken", json!({ "Token": token, "ClientId": client })).0;
    assert_eq!(revoke(&result["AccessToken"], WEB), "UnsupportedTokenTypeException");
    assert_eq!(revoke(&result["IdToken"], WEB), "UnsupportedTokenTypeException");
    assert_eq!(revoke(&result["RefreshToken"], ROTATION), "UnauthorizedException");
    assert_eq!(revoke(&result["RefreshToken"], "nothing"), "UnauthorizedException");
    let without = world.client(json!({ "EnableTokenRevocation": false }));
    assert_eq!(revoke(&result["RefreshToken"], &without), "UnsupportedOperationException");
    world.ok("RevokeToken", json!({ "Token": "unknown", "ClientId": WEB }));
    let both = json!({ "Token": result["RefreshToken"], "ClientId": WEB, "RevokeAssociatedSessions": "BOTH" });
    assert_eq!(world.err("RevokeToken", both).0, "InvalidParameterException");
    world.ok("GetUser", get_user(&result["AccessToken"]));
    let none = json!({ "Token": result["RefreshToken"], "ClientId": WEB, "RevokeAssociatedSessions": "NONE" });
    world.ok("RevokeToken", none);
}

#[test]
fn global_sign_out_ends_every_sign_in_of_the_user() {
    let world = World::new();
    let (one, other) = (world.sign_in(WEB, "alice", PASSWORD), world.sign_in(ROTATION, "alice", PASSWORD));
    let bob = world.sign_in(WEB, "bob", "Battery-Staple8?");
    world.ok("GlobalSignOut", get_user(&one["AccessToken"]));
    for result in [&one, &other] {
        assert_refused(world.err("GetUser", get_user(&result["AccessToken"])), "Access Token has been revoked");
    }
    assert_refused(world.err("GlobalSignOut", get_user(&one["AccessToken"])), "Access Token has been revoked");
    assert_refused(
        world.err("GetTokensFromRefreshToken", refresh(&one["RefreshToken"])),
        "Refresh Token has been revoked",
    );
    world.ok("GetUser", get_user(&bob["AccessToken"]));
    world.sign_in(WEB, "alice", PASSWORD);
}

#[test]
fn a_disabled_user_is_out_at_once() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let user = json!({ "UserPoolId": POOL, "Username": "alice" });
    world.ok("AdminDisableUser", user.clone());
    assert_refused(world.err("GetUser", get_user(&result["AccessToken"])), "Access Token has been revoked");
    world.ok("AdminEnableUser", user);
    let fresh = world.sign_in(WEB, "alice", PASSWORD);
    world.ok("GetUser", get_user(&fresh["AccessToken"]));
}

#[test]
fn after_a_reset_old_tokens_are_unknown() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    world.control("POST", "reset", Value::Null);
    assert_refused(world.err("GetUser", get_user(&result["AccessToken"])), "Invalid Access Token");
    assert_refused(world.err("GetTokensFromRefreshToken", refresh(&result["RefreshToken"])), "Invalid Refresh Token");
}
