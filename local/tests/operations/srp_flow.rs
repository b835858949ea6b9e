//! USER_SRP_AUTH and PASSWORD_VERIFIER.

use serde_json::{Value, json};

use crate::srp_client::{SrpClient, now, timestamp};
use crate::world::{PASSWORD, START_MS, WEB, World, assert_error, assert_refused, claims};

const WRONG: &str = "Incorrect username or password.";

fn alice() -> SrpClient {
    SrpClient::new(WEB, "alice", PASSWORD)
}

#[test]
fn the_right_password_signs_in() {
    let world = World::new();
    let challenge = world.ok("InitiateAuth", alice().start());
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    assert!(challenge.get("Session").is_none());
    let reply = world.ok("RespondToAuthChallenge", alice().answer(&challenge, &now(&world)));
    assert!(reply.get("ChallengeName").is_none());
    assert_eq!(reply["ChallengeParameters"], json!({}));
    assert_eq!(claims(&reply["AuthenticationResult"]["AccessToken"])["username"], "alice");
    assert_eq!(reply["AuthenticationResult"]["RefreshToken"].as_str().unwrap().split('.').count(), 5);
}

#[test]
fn aliases_and_other_capitals_sign_in_as_the_internal_name() {
    let world = World::new();
    for login in ["alice@example.com", "ALICE@Example.com", "Alice"] {
        let client = SrpClient::new(WEB, login, PASSWORD);
        let challenge = world.ok("InitiateAuth", client.start());
        assert_eq!(challenge["ChallengeParameters"]["USER_ID_FOR_SRP"], "alice", "{login}");
        let mut answer = client.answer(&challenge, &now(&world));
        answer["ChallengeResponses"]["USERNAME"] = json!(login);
        world.ok("RespondToAuthChallenge", answer);
    }
}

#[test]
fn a_wrong_password_is_refused() {
    let world = World::new();
    let client = SrpClient::new(WEB, "alice", "Wrong-Horse7!");
    assert_refused(world.err("RespondToAuthChallenge", client.challenged(&world)), WRONG);
}

#[test]
fn any_changed_part_of_the_claim_is_refused() {
    let world = World::new();
    for (key, value) in [
        ("PASSWORD_CLAIM_SIGNATURE", "AAAA"),
        ("PASSWORD_CLAIM_SIGNATURE", "not base64 !"),
        ("TIMESTAMP", "Thu Nov 6 09:05:04 UTC 2025"),
        ("USERNAME", "bob"),
        ("USERNAME", "nobody"),
    ] {
        let mut answer = alice().challenged(&world);
        answer["ChallengeResponses"][key] = json!(value);
        assert_refused(world.err("RespondToAuthChallenge", answer), WRONG);
    }
    let mut answer = alice().challenged(&world);
    answer["ChallengeResponses"]["PASSWORD_CLAIM_SECRET_BLOCK"] = json!("AAAA");
    assert_refused(world.err("RespondToAuthChallenge", answer), "Invalid session for the user.");
}

#[test]
fn a_secret_block_is_good_for_one_answer_and_three_minutes() {
    let world = World::new();
    let answer = alice().challenged(&world);
    world.ok("RespondToAuthChallenge", answer.clone());
    let used = "Invalid session for the user, session can only be used once.";
    assert_refused(world.err("RespondToAuthChallenge", answer), used);

    let mut wrong = alice().challenged(&world);
    let right = wrong.clone();
    wrong["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"] = json!("AAAA");
    world.err("RespondToAuthChallenge", wrong);
    assert_refused(world.err("RespondToAuthChallenge", right), used);

    let late = alice().challenged(&world);
    world.advance(180);
    assert_refused(world.err("RespondToAuthChallenge", late), "Invalid session for the user, session is expired.");
}

#[test]
fn another_client_cannot_answer() {
    let world = World::new();
    let mut answer = alice().challenged(&world);
    answer["ClientId"] = json!(crate::world::ROTATION);
    assert_refused(world.err("RespondToAuthChallenge", answer), "Invalid session for the user.");
}

#[test]
fn no_session_belongs_to_this_challenge() {
    let world = World::new();
    let mut answer = alice().challenged(&world);
    answer["Session"] = json!("made-up-session-of-twenty-letters");
    assert_refused(world.err("RespondToAuthChallenge", answer), "Invalid session for the user.");
}

#[test]
fn the_timestamp_must_be_exact_in_form_and_near_in_time() {
    let world = World::new();
    for form in ["2025-11-06T09:05:03Z", "Thu Nov 06 09:05:03 UTC 2025", "Wed Nov 6 09:05:03 UTC 2025"] {
        let answer = alice().answer(&world.ok("InitiateAuth", alice().start()), form);
        let text = "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english";
        assert_error(world.err("RespondToAuthChallenge", answer), "InvalidParameterException", text);
    }
    for (offset, accepted) in [(-300_i64, true), (300, true), (-301, false), (301, false)] {
        let at = timestamp(START_MS.saturating_add_signed(offset * 1000));
        let answer = alice().answer(&world.ok("InitiateAuth", alice().start()), &at);
        assert_eq!(world.call("RespondToAuthChallenge", answer).http.status == 200, accepted, "{offset} s");
    }
}

#[test]
fn a_public_value_of_zero_is_refused() {
    let world = World::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/srp_user.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    for value in vectors["server_a_values"].as_array().unwrap() {
        let mut start = alice().start();
        start["AuthParameters"]["SRP_A"] = value["srp_a_hex"].clone();
        let status = if value["server_must_reject"] == true { 400 } else { 200 };
        assert_eq!(world.call("InitiateAuth", start).http.status, status, "{}", value["name"]);
    }
    for junk in ["zz", "-1", "0x10"] {
        let mut start = alice().start();
        start["AuthParameters"]["SRP_A"] = json!(junk);
        assert_eq!(world.err("InitiateAuth", start).0, "InvalidParameterException");
    }
}

#[test]
fn missing_and_unknown_parameters_are_named() {
    let world = World::new();
    for name in ["USERNAME", "SRP_A"] {
        let mut start = alice().start();
        start["AuthParameters"][name] = json!("");
        let text = format!("Missing required parameter {name}");
        assert_error(world.err("InitiateAuth", start), "InvalidParameterException", &text);
    }
    let mut start = alice().start();
    start["AuthParameters"]["ANYTHING"] = json!("x");
    assert!(world.err("InitiateAuth", start).1.contains("ANYTHING"));
    for name in ["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"] {
        let mut answer = alice().challenged(&world);
        answer["ChallengeResponses"].as_object_mut().unwrap().remove(name);
        let text = format!("Missing required parameter {name}");
        assert_error(world.err("RespondToAuthChallenge", answer), "InvalidParameterException", &text);
    }
}

#[test]
fn unknown_users_get_a_simulated_challenge_where_the_client_hides_them() {
    let world = World::new();
    let nobody = SrpClient::new(WEB, "nobody", PASSWORD);
    let [first, second] = [(); 2].map(|()| world.ok("InitiateAuth", nobody.start()));
    let real = world.ok("InitiateAuth", alice().start());
    let parameter = |reply: &Value, key: &str| reply["ChallengeParameters"][key].as_str().unwrap().to_owned();
    for same in ["SALT", "USER_ID_FOR_SRP", "USERNAME"] {
        assert_eq!(parameter(&first, same), parameter(&second, same), "{same}");
    }
    for fresh in ["SRP_B", "SECRET_BLOCK"] {
        assert_ne!(parameter(&first, fresh), parameter(&second, fresh), "{fresh}");
    }
    assert_eq!(parameter(&first, "SECRET_BLOCK").len(), parameter(&real, "SECRET_BLOCK").len());
    assert_eq!(parameter(&first, "USER_ID_FOR_SRP").len(), 36);
    let answer = nobody.answer(&first, &now(&world));
    assert_refused(world.err("RespondToAuthChallenge", answer), WRONG);
}

#[test]
fn unknown_users_are_told_by_a_legacy_client_before_the_public_value_is_read() {
    let world = World::new();
    let legacy = world.client(json!({ "PreventUserExistenceErrors": "LEGACY" }));
    let mut start = SrpClient::new(&legacy, "nobody", PASSWORD).start();
    start["AuthParameters"]["SRP_A"] = json!("junk");
    assert_error(world.err("InitiateAuth", start), "UserNotFoundException", "User does not exist.");
}

#[test]
fn the_state_of_the_user_shows_only_after_the_right_password() {
    let world = World::new();
    let respond = |name: &str, password: &str| {
        let client = SrpClient::new(WEB, name, password);
        world.err("RespondToAuthChallenge", client.challenged(&world))
    };
    assert_error(respond("carol", PASSWORD), "UserNotConfirmedException", "User is not confirmed.");
    assert_refused(respond("carol", "Wrong-Horse7!"), WRONG);
    assert_refused(respond("erin", PASSWORD), "User is disabled.");
    assert_refused(respond("erin", "Wrong-Horse7!"), WRONG);
}
