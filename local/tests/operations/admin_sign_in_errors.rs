//! What AdminInitiateAuth and AdminRespondToAuthChallenge refuse of a user and of an answer.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, World};

/// A client that lets administrators sign people in, with their password.
struct Administrator<'a> {
    world: &'a World,
    client: String,
}

impl<'a> Administrator<'a> {
    fn new(world: &'a World) -> Self {
        let client = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] }));
        Self { world, client }
    }

    fn begin(&self, username: &str, password: &str) -> Value {
        json!({
            "UserPoolId": POOL, "ClientId": self.client, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": username, "PASSWORD": password },
        })
    }

    fn answer(&self, challenge: &Value, responses: Value) -> (String, String) {
        let reply = self.world.call("AdminRespondToAuthChallenge", json!({
            "UserPoolId": POOL, "ClientId": self.client, "ChallengeName": challenge["ChallengeName"], "Session": challenge["Session"],
            "ChallengeResponses": responses,
        }));
        (reply.text("__type"), reply.text("message"))
    }
}

#[test]
fn users_in_other_states_are_told() {
    let world = World::new();
    let administrator = Administrator::new(&world);
    world.ok("AdminResetUserPassword", json!({ "UserPoolId": POOL, "Username": "alice" }));
    for (username, error) in [
        ("alice", "PasswordResetRequiredException"),
        ("carol", "UserNotConfirmedException"),
        ("erin", "NotAuthorizedException"),
        ("nobody", "UserNotFoundException"),
    ] {
        assert_eq!(world.err("AdminInitiateAuth", administrator.begin(username, PASSWORD)).0, error, "{username}");
    }
}

#[test]
fn a_new_password_must_conform() {
    let world = World::new();
    let policy = json!({ "PasswordPolicy": { "PasswordHistorySize": 1 } });
    world.ok("UpdateUserPool", json!({ "UserPoolId": POOL, "Policies": policy }));
    let administrator = Administrator::new(&world);
    let challenge = world.ok("AdminInitiateAuth", administrator.begin("dave", "Temporary-1!"));
    let answer =
        |password: &str| administrator.answer(&challenge, json!({ "USERNAME": "dave", "NEW_PASSWORD": password })).0;
    assert_eq!(answer("short"), "InvalidPasswordException");
    assert_eq!(answer("Temporary-1!"), "PasswordHistoryPolicyViolationException");
    assert_eq!(answer(PASSWORD), "");
}

#[test]
fn a_code_must_be_right() {
    let world = World::new();
    let administrator = Administrator::new(&world);
    let challenge = world.ok("AdminInitiateAuth", administrator.begin("frank", PASSWORD));
    let answer = |code: &str| {
        administrator.answer(&challenge, json!({ "USERNAME": "frank", "SOFTWARE_TOKEN_MFA_CODE": code })).0
    };
    let right = world.totp("frank");
    let wrong = if right == "000000" { "000001" } else { "000000" };
    assert_eq!(answer(wrong), "CodeMismatchException");
    assert_eq!(answer(&right), "");
    let again = world.ok("AdminInitiateAuth", administrator.begin("frank", PASSWORD));
    let used = administrator.answer(&again, json!({ "USERNAME": "frank", "SOFTWARE_TOKEN_MFA_CODE": right }));
    assert_eq!(used.0, "ExpiredCodeException");
}
