//! Which passwords there can be.
//!
//! Witnesses: AWS answers with the pattern `^[\S]+.*[\S]+$`, as apps that translate its texts quote it; botocore 1.44.5 still publishes
//! `[\S]+`. The console counts "non-leading, non-trailing space" as a symbol (Developer Guide, "Adding user pool password requirements").

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, password_flow};

const PATTERN: &str = r"Member must satisfy regular expression pattern: ^[\S]+.*[\S]+$";
const PHRASE: &str = "correct horse Battery 7";

fn set(password: &str) -> Value {
    json!({ "UserPoolId": POOL, "Username": "bob", "Password": password, "Permanent": true })
}

#[test]
fn a_password_may_have_blanks_inside() {
    let world = World::new();
    world.ok("AdminSetUserPassword", set(PHRASE));
    let token = world.sign_in(WEB, "bob", PHRASE)["AccessToken"].take();
    let other = "another Horse, battery 8!";
    world.ok("ChangePassword", json!({ "AccessToken": token, "PreviousPassword": PHRASE, "ProposedPassword": other }));
    world.sign_in(WEB, "bob", other);
    let sign_up = json!({
        "ClientId": WEB, "Username": "zoe", "Password": PHRASE,
        "UserAttributes": [{ "Name": "email", "Value": "zoe@example.com" }],
    });
    world.ok("SignUp", sign_up);
    world.ok(
        "AdminCreateUser",
        json!({ "UserPoolId": POOL, "Username": "yan", "TemporaryPassword": PHRASE, "MessageAction": "SUPPRESS" }),
    );
}

#[test]
fn a_password_has_no_blank_at_its_ends_and_no_second_line() {
    let world = World::new();
    for password in [
        " Battery-Staple8?",
        "Battery-Staple8? ",
        "\tBattery-Staple8?",
        "Battery-\nStaple8?",
        "Battery-\rStaple8?",
        "x",
    ] {
        let (kind, text) = world.err("AdminSetUserPassword", set(password));
        assert_eq!(kind, "InvalidParameterException", "{password:?}");
        assert!(text.contains(PATTERN) && !text.contains("Staple"), "{text}");
    }
}

#[test]
fn an_answer_to_new_password_required_obeys_the_same_rule() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    let answer = |password: &str| {
        json!({
            "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "dave", "NEW_PASSWORD": password },
        })
    };
    for password in [format!(" {PASSWORD}"), format!("{PASSWORD} "), "Correct\nHorse7!".into()] {
        assert_eq!(
            world.err("RespondToAuthChallenge", answer(&password)).0,
            "InvalidPasswordException",
            "{password:?}"
        );
    }
    world.ok("RespondToAuthChallenge", answer(PHRASE));
}
