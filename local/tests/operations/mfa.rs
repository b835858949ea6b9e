//! The challenge SOFTWARE_TOKEN_MFA.

use serde_json::{Value, json};

use crate::mfa_setup;
use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, ROTATION, WEB, World, assert_error, assert_refused, password_flow};

const NEW: &str = "Brand-New-2!";
const ONCE: &str = "Invalid session for the user, session can only be used once.";
const INVALID: &str = "Invalid session for the user.";

fn challenged(world: &World, name: &str) -> Value {
    let reply = world.ok("InitiateAuth", password_flow(WEB, name, PASSWORD));
    assert_eq!(reply["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert!(reply.get("AuthenticationResult").is_none());
    reply
}

#[test]
fn a_code_follows_the_password_in_either_flow() {
    let world = World::new();
    let challenge = challenged(&world, "frank");
    assert_eq!(challenge["ChallengeParameters"], json!({ "USER_ID_FOR_SRP": "frank" }));
    let reply =
        world.ok("RespondToAuthChallenge", World::totp_answer(&challenge, "frank@example.com", &world.totp("frank")));
    assert_eq!(reply["ChallengeParameters"], json!({}));
    assert!(reply["AuthenticationResult"]["RefreshToken"].is_string());

    let srp = SrpClient::new(WEB, "frank", PASSWORD).challenged(&world);
    let challenge = world.ok("RespondToAuthChallenge", srp);
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let mut answer = World::totp_answer(&challenge, "frank", &world.totp("frank"));
    // As amazon-cognito-identity-js has it.
    answer["ChallengeResponses"]["SMS_MFA_CODE"] = answer["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"].clone();
    world.ok("RespondToAuthChallenge", answer);
}

#[test]
fn a_wrong_password_is_told_before_any_code() {
    let world = World::new();
    let error = world.err("InitiateAuth", password_flow(WEB, "frank", "Wrong-Horse7!"));
    assert_refused(error, "Incorrect username or password.");
}

#[test]
fn codes_are_good_once_for_their_step_and_its_neighbours() {
    let world = World::new();
    let secret = world.totp_secret("frank");
    let early = world.totp_of(&secret);
    world.advance(30);
    let middle = world.totp_of(&secret);
    world.advance(30);
    let late = world.totp_of(&secret);
    world.advance(30);
    let too_late = world.totp_of(&secret);
    world.control("POST", "clock", json!({ "advanceSeconds": -60 }));
    let answer = |code: &str| {
        let reply =
            world.call("RespondToAuthChallenge", World::totp_answer(&challenged(&world, "frank"), "frank", code));
        (reply.text("__type"), reply.text("message"))
    };
    let fine = (String::new(), String::new());
    let mismatch = ("CodeMismatchException".to_owned(), "Invalid code received for user".to_owned());
    let used = ("ExpiredCodeException".to_owned(), "Your software token has already been used once.".to_owned());
    assert_eq!(answer(&too_late), mismatch);
    assert_eq!(answer(&late), fine);
    assert_eq!(answer(&late), used);
    assert_eq!(answer(&middle), fine);
    assert_eq!(answer(&early), fine);
    assert_eq!(answer(&early), used);
    world.advance(60);
    assert_eq!(answer(&late), used);
    assert_eq!(answer(&middle), mismatch);
    assert_eq!(answer(&too_late), fine);
    for nonsense in ["000", "abcdef", "１２３４５６"] {
        assert_eq!(answer(nonsense), mismatch);
    }
}

#[test]
fn a_wrong_code_keeps_the_session_and_a_right_one_uses_it_up() {
    let world = World::new();
    let challenge = challenged(&world, "frank");
    let wrong = World::totp_answer(&challenge, "frank", "abcdef");
    for _ in 0..5 {
        let error = world.err("RespondToAuthChallenge", wrong.clone());
        assert_error(error, "CodeMismatchException", "Invalid code received for user");
    }
    let right = World::totp_answer(&challenge, "frank", &world.totp("frank"));
    assert_refused(world.err("RespondToAuthChallenge", right.clone()), "Password attempts exceeded");
    // The password does not open the lock.
    let again = World::totp_answer(&challenged(&world, "frank"), "frank", &world.totp("frank"));
    assert_refused(world.err("RespondToAuthChallenge", again), "Password attempts exceeded");
    world.advance(1);
    world.ok("RespondToAuthChallenge", right.clone());
    assert_refused(world.err("RespondToAuthChallenge", right), ONCE);
}

#[test]
fn sessions_expire_and_belong_to_one_user_one_client_and_one_challenge() {
    let world = World::new();
    let challenge = challenged(&world, "frank");
    let code = world.totp("frank");
    let answer = World::totp_answer(&challenge, "frank", &code);
    let with = |key: &str, value: Value| {
        let mut body = answer.clone();
        body[key] = value;
        world.err("RespondToAuthChallenge", body)
    };
    assert_refused(with("ClientId", json!(ROTATION)), INVALID);
    assert_refused(with("Session", json!("made-up-session-of-twenty-letters")), INVALID);
    assert_refused(world.err("RespondToAuthChallenge", World::totp_answer(&challenge, "bob", &code)), INVALID);
    assert_refused(world.err("RespondToAuthChallenge", mfa_setup::answer(&challenge["Session"], "frank")), INVALID);
    assert_refused(world.err("AssociateSoftwareToken", json!({ "Session": challenge["Session"] })), INVALID);
    let new_password = json!({ "USERNAME": "frank", "NEW_PASSWORD": NEW });
    let body = json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"], "ChallengeResponses": new_password });
    assert_refused(world.err("RespondToAuthChallenge", body), INVALID);
    for (key, parent) in
        [("Session", ""), ("USERNAME", "/ChallengeResponses"), ("SOFTWARE_TOKEN_MFA_CODE", "/ChallengeResponses")]
    {
        let mut body = answer.clone();
        body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
        let text = format!("Missing required parameter {key}");
        assert_error(world.err("RespondToAuthChallenge", body), "InvalidParameterException", &text);
    }
    let dave = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    assert_refused(world.err("RespondToAuthChallenge", World::totp_answer(&dave, "dave", "123456")), INVALID);
    world.advance(180);
    assert_refused(world.err("RespondToAuthChallenge", answer), "Invalid session for the user, session is expired.");
}

#[test]
fn what_an_administrator_changes_meanwhile_counts() {
    let world = World::new();
    let user = json!({ "UserPoolId": POOL, "Username": "frank" });
    let first = challenged(&world, "frank");
    world.ok("AdminDisableUser", user.clone());
    let answer = World::totp_answer(&first, "frank", &world.totp("frank"));
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), "User is disabled.");
    world.ok("AdminEnableUser", user);
    world.ok("AdminSetUserPassword", json!({ "UserPoolId": POOL, "Username": "frank", "Password": NEW }));
    assert_refused(world.err("RespondToAuthChallenge", answer), INVALID);
}

#[test]
fn a_forgotten_password_does_not_replace_the_second_factor() {
    let world = World::new();
    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "frank" }));
    let code = world.code("frank");
    let body = json!({ "ClientId": WEB, "Username": "frank", "ConfirmationCode": code, "Password": NEW });
    world.ok("ConfirmForgotPassword", body);
    world.sign_in_with_totp("frank", NEW, &world.totp("frank"));
}

#[test]
fn refreshing_asks_for_no_code() {
    let world = World::new();
    let result = world.sign_in_with_totp("frank", PASSWORD, &world.totp("frank"));
    let body = json!({ "ClientId": WEB, "RefreshToken": result["RefreshToken"] });
    assert!(world.ok("GetTokensFromRefreshToken", body)["AuthenticationResult"]["IdToken"].is_string());
}
