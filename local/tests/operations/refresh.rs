//! Refreshing, with and without rotation.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, assert_error, assert_refused, claims};

fn flow(client: &str, token: &Value) -> Value {
    json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client, "AuthParameters": { "REFRESH_TOKEN": token } })
}

fn rotate(client: &str, token: &Value) -> Value {
    json!({ "RefreshToken": token, "ClientId": client })
}

fn rotating_client(world: &World, grace: u64) -> String {
    world.client(json!({
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": grace },
    }))
}

#[test]
fn a_user_name_beside_the_refresh_token_is_passed_by() {
    let world = World::new();
    let first = world.sign_in(WEB, "alice", PASSWORD);
    for name in ["alice", "bob"] {
        let mut named = flow(WEB, &first["RefreshToken"]);
        named["AuthParameters"]["USERNAME"] = json!(name);
        let result = world.ok("InitiateAuth", named);
        assert_eq!(claims(&result["AuthenticationResult"]["AccessToken"])["username"], json!("alice"));
    }
}

#[test]
fn without_rotation_the_refresh_token_stays() {
    let world = World::new();
    let first = world.sign_in(WEB, "alice", PASSWORD);
    world.advance(100);
    let by_flow = world.ok("InitiateAuth", flow(WEB, &first["RefreshToken"]));
    assert_eq!(by_flow["ChallengeParameters"], json!({}));
    let by_operation = world.ok("GetTokensFromRefreshToken", rotate(WEB, &first["RefreshToken"]));
    for result in [&by_flow["AuthenticationResult"], &by_operation["AuthenticationResult"]] {
        assert!(result.get("RefreshToken").is_none());
        let (old, new) = (claims(&first["IdToken"]), claims(&result["IdToken"]));
        for same in ["origin_jti", "event_id", "auth_time", "sub"] {
            assert_eq!(old[same], new[same], "{same}");
        }
        assert_ne!(old["jti"], new["jti"]);
        assert_eq!(new["iat"], json!(START_MS / 1000 + 100));
    }
}

#[test]
fn rotation_without_grace_gives_each_token_one_use() {
    let world = World::new();
    let first = world.sign_in(ROTATION, "alice", PASSWORD);
    let second = world.ok("GetTokensFromRefreshToken", rotate(ROTATION, &first["RefreshToken"]));
    let second = &second["AuthenticationResult"]["RefreshToken"];
    assert_ne!(second, &first["RefreshToken"]);
    let reuse = world.err("GetTokensFromRefreshToken", rotate(ROTATION, &first["RefreshToken"]));
    assert_eq!(reuse.0, "RefreshTokenReuseException");
    // A reuse ends nothing else.
    world.ok("GetTokensFromRefreshToken", rotate(ROTATION, second));
}

#[test]
fn rotation_with_grace_lets_the_old_token_work_for_a_minute() {
    let world = World::new();
    let client = rotating_client(&world, 60);
    let first = world.sign_in(&client, "alice", PASSWORD)["RefreshToken"].take();
    let refresh = |token: &Value| {
        world.ok("GetTokensFromRefreshToken", rotate(&client, token))["AuthenticationResult"]["RefreshToken"].take()
    };
    let second = refresh(&first);
    world.advance(59);
    let third = refresh(&first);
    assert!(second != third && third != first);
    world.advance(1);
    let reuse = world.err("GetTokensFromRefreshToken", rotate(&client, &first));
    assert_eq!(reuse.0, "RefreshTokenReuseException");
    refresh(&second);
    refresh(&third);
}

#[test]
fn a_rotated_token_lives_only_as_long_as_the_first() {
    let world = World::new();
    let mut token = world.sign_in(ROTATION, "alice", PASSWORD)["RefreshToken"].take();
    for _ in 0..3 {
        world.advance(10 * 86_400 - 1);
        token = world.ok("GetTokensFromRefreshToken", rotate(ROTATION, &token))["AuthenticationResult"]["RefreshToken"]
            .take();
    }
    world.advance(3);
    assert_refused(world.err("GetTokensFromRefreshToken", rotate(ROTATION, &token)), "Refresh Token has expired");
}

#[test]
fn each_refusal_has_its_text() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["RefreshToken"].take();
    for unknown in [json!("x"), json!("a.b.c.d.e")] {
        assert_refused(world.err("InitiateAuth", flow(WEB, &unknown)), "Invalid Refresh Token");
        assert_refused(world.err("GetTokensFromRefreshToken", rotate(WEB, &unknown)), "Invalid Refresh Token");
    }
    assert_refused(world.err("GetTokensFromRefreshToken", rotate(ROTATION, &token)), "Invalid Refresh Token");
    let mut empty = flow(WEB, &token);
    empty["AuthParameters"] = json!({});
    assert_error(
        world.err("InitiateAuth", empty),
        "InvalidParameterException",
        "Missing required parameter REFRESH_TOKEN",
    );

    let user = json!({ "UserPoolId": POOL, "Username": "alice" });
    world.ok("AdminDisableUser", user.clone());
    assert_refused(world.err("InitiateAuth", flow(WEB, &token)), "Refresh Token has been revoked");
    world.ok("AdminEnableUser", user);
    let token = world.sign_in(WEB, "alice", PASSWORD)["RefreshToken"].take();
    world.advance(30 * 86_400 - 1);
    world.ok("InitiateAuth", flow(WEB, &token));
    world.advance(1);
    assert_refused(world.err("InitiateAuth", flow(WEB, &token)), "Refresh Token has expired");
}

#[test]
fn a_deleted_pool_takes_its_tokens_along() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["RefreshToken"].take();
    world.ok("DeleteUserPoolDomain", json!({ "UserPoolId": POOL, "Domain": "poolpass-local" }));
    world.ok("DeleteUserPool", json!({ "UserPoolId": POOL }));
    let error = world.err("GetTokensFromRefreshToken", rotate(WEB, &token));
    assert_error(error, "ResourceNotFoundException", &format!("User pool client {WEB} does not exist."));
}
