//! DeleteUser, AdminDeleteUser: what is left of a user.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, ROTATION, WEB, World, assert_error, assert_refused, password_flow};

fn user(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "Username": name })
}

/// Makes a user with a name that was another's before.
fn make(world: &World, name: &str, email: &str) {
    let mut body = user(name);
    body["MessageAction"] = json!("SUPPRESS");
    body["UserAttributes"] =
        json!([{ "Name": "email", "Value": email }, { "Name": "email_verified", "Value": "true" }]);
    world.ok("AdminCreateUser", body);
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": POOL, "Username": name, "Password": PASSWORD, "Permanent": true }),
    );
}

#[test]
fn users_delete_themselves() {
    let world = World::new();
    let tokens = world.sign_in(WEB, "bob", "Battery-Staple8?");
    let reply = world.call("DeleteUser", json!({ "AccessToken": tokens["AccessToken"] }));
    assert_eq!((reply.http.status, reply.http.body.as_slice()), (200, &b""[..]));
    let error = world.err("AdminGetUser", user("bob"));
    assert_error(error, "UserNotFoundException", "User does not exist.");
    let error = world.err("InitiateAuth", password_flow(WEB, "bob@example.com", "Battery-Staple8?"));
    assert_refused(error, "Incorrect username or password.");
    let again = world.err("DeleteUser", json!({ "AccessToken": tokens["AccessToken"] }));
    assert_error(again, "UserNotFoundException", "User does not exist.");
    let listed = world.ok("ListUsers", json!({ "UserPoolId": POOL, "Filter": r#"email = "bob@example.com""# }));
    assert_eq!(listed["Users"], json!([]));
    let pool = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }));
    assert_eq!(pool["UserPool"]["EstimatedNumberOfUsers"], 5);
}

#[test]
fn tokens_are_not_those_of_the_next_user_of_the_name() {
    let world = World::new();
    let old = world.sign_in(WEB, "bob", "Battery-Staple8?");
    let rotating = world.sign_in(ROTATION, "bob", "Battery-Staple8?");
    assert_eq!(world.call("AdminDeleteUser", user("bob")).http.body, b"");
    make(&world, "bob", "bob@example.com");
    let gone = "User does not exist.";
    for operation in ["GetUser", "DeleteUser", "GlobalSignOut"] {
        let error = world.err(operation, json!({ "AccessToken": old["AccessToken"] }));
        assert_error(error, "UserNotFoundException", gone);
    }
    let refresh = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": { "REFRESH_TOKEN": old["RefreshToken"] },
    });
    assert_error(world.err("InitiateAuth", refresh), "UserNotFoundException", gone);
    let refresh = json!({ "ClientId": ROTATION, "RefreshToken": rotating["RefreshToken"] });
    assert_error(world.err("GetTokensFromRefreshToken", refresh), "UserNotFoundException", gone);
    let new = world.sign_in(WEB, "bob", PASSWORD);
    world.ok("GlobalSignOut", json!({ "AccessToken": new["AccessToken"] }));
    let error = world.err("GetUser", json!({ "AccessToken": old["AccessToken"] }));
    assert_error(error, "UserNotFoundException", gone);
}

#[test]
fn a_sign_in_under_way_ends_with_the_user() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    world.ok("AdminDeleteUser", user("dave"));
    let mut body = user("dave");
    body["TemporaryPassword"] = json!("Temporary-2!");
    world.ok("AdminCreateUser", body);
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "dave", "NEW_PASSWORD": "Mine-Now-7!" },
    });
    assert_refused(world.err("RespondToAuthChallenge", answer), "Invalid session for the user.");
}

#[test]
fn locks_and_reset_codes_end_with_the_user() {
    let world = World::new();
    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "bob" }));
    let code = world.code("bob@example.com");
    for _ in 0..5 {
        world.err("InitiateAuth", password_flow(WEB, "bob", "wrong"));
    }
    world.ok("AdminDeleteUser", user("bob"));
    make(&world, "bob", "bob@example.com");
    world.sign_in(WEB, "bob", PASSWORD);
    let reset = json!({ "ClientId": WEB, "Username": "bob", "ConfirmationCode": code, "Password": "Mine-Now-7!" });
    assert_eq!(world.err("ConfirmForgotPassword", reset).0, "ExpiredCodeException");
}

#[test]
fn an_authorization_code_ends_with_the_user() {
    let world = World::new();
    let code = world.authorization_code(&[]);
    world.ok("AdminDeleteUser", user("alice"));
    make(&world, "alice", "alice@example.com");
    let form = crate::oauth_client::exchange(WEB, &code);
    assert_eq!(world.token_error(&form).0, "invalid_grant");
}
