//! `PasswordHistorySize`.
//!
//! Witnesses: botocore 1.44.8, `PasswordPolicyType$PasswordHistorySize` and `PasswordHistoryPolicyViolationException`.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, password_flow};

const SECOND: &str = "Second-Horse8!";
const THIRD: &str = "Third-Horse9!";
const USED: &str = "PasswordHistoryPolicyViolationException";

fn remember(world: &World, size: u64) {
    let policy = json!({ "PasswordPolicy": { "PasswordHistorySize": size } });
    world.ok("UpdateUserPool", json!({ "UserPoolId": POOL, "Policies": policy, "AutoVerifiedAttributes": ["email"] }));
}

fn set(world: &World, password: &str) -> String {
    let body = json!({ "UserPoolId": POOL, "Username": "alice", "Password": password, "Permanent": true });
    world.call("AdminSetUserPassword", body).text("__type")
}

#[test]
fn the_last_passwords_are_refused() {
    let world = World::new();
    assert_eq!(set(&world, PASSWORD), "", "without a history every password may come again");
    remember(&world, 2);
    assert_eq!(set(&world, PASSWORD), USED, "the current one");
    assert_eq!(set(&world, SECOND), "");
    assert_eq!(set(&world, PASSWORD), USED, "the one before");
    assert_eq!(set(&world, THIRD), "");
    assert_eq!(set(&world, PASSWORD), "", "the one before that");
    remember(&world, 3);
    assert_eq!(set(&world, SECOND), USED);
}

#[test]
fn every_way_to_set_a_password_asks() {
    let world = World::new();
    remember(&world, 5);
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let change = json!({ "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": PASSWORD });
    assert_eq!(world.err("ChangePassword", change).0, USED);
    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "alice" }));
    let confirm = |password: &str| json!({ "ClientId": WEB, "Username": "alice", "ConfirmationCode": world.code("alice"), "Password": password });
    assert_eq!(world.err("ConfirmForgotPassword", confirm(PASSWORD)).0, USED);
    // The code is still good.
    world.ok("ConfirmForgotPassword", confirm(SECOND));
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    let answer = |session: &Value, password: &str| {
        json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": session,
            "ChallengeResponses": { "USERNAME": "dave", "NEW_PASSWORD": password },
        })
    };
    let refused = world.err("RespondToAuthChallenge", answer(&challenge["Session"], "Temporary-1!"));
    assert_eq!(refused.0, USED);
    world.ok("RespondToAuthChallenge", answer(&challenge["Session"], SECOND));
}
