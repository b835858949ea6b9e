//! The challenge MFA_SETUP.

use serde_json::{Value, json};

use crate::pool_mfa::configure;
use crate::world::{PASSWORD, WEB, World, assert_error, assert_refused, password_flow};

const NEW: &str = "Brand-New-2!";
const ONCE: &str = "Invalid session for the user, session can only be used once.";
const INVALID: &str = "Invalid session for the user.";

/// The answer to MFA_SETUP.
pub(crate) fn answer(session: &Value, name: &str) -> Value {
    json!({ "ChallengeName": "MFA_SETUP", "ClientId": WEB, "Session": session, "ChallengeResponses": { "USERNAME": name } })
}

/// Sets up an app under the session of MFA_SETUP: the session after it.
pub(crate) fn set_up(world: &World, session: &Value) -> Value {
    let associated = world.ok("AssociateSoftwareToken", json!({ "Session": session }));
    let code = world.totp_of(associated["SecretCode"].as_str().unwrap());
    let reply = world.ok("VerifySoftwareToken", json!({ "Session": associated["Session"], "UserCode": code }));
    assert_eq!(reply["Status"], "SUCCESS");
    reply["Session"].clone()
}

#[test]
fn a_pool_that_requires_mfa_has_users_set_it_up() {
    let world = World::new();
    configure(&world, "ON");
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
    let parameters = json!({ "USER_ID_FOR_SRP": "alice", "MFAS_CAN_SETUP": r#"["SOFTWARE_TOKEN_MFA"]"# });
    assert_eq!(challenge["ChallengeParameters"], parameters);
    let first = &challenge["Session"];
    let text = "Set up an MFA method with this session before answering MFA_SETUP";
    let error = world.err("RespondToAuthChallenge", answer(first, "alice"));
    assert_error(error, "MFAMethodNotFoundException", text);

    let associated = world.ok("AssociateSoftwareToken", json!({ "Session": first }));
    assert_refused(world.err("AssociateSoftwareToken", json!({ "Session": first })), ONCE);
    let code = world.totp_of(associated["SecretCode"].as_str().unwrap());
    let verify = |code: &str| json!({ "Session": associated["Session"], "UserCode": code });
    let error = world.err("VerifySoftwareToken", verify(if code == "000000" { "000001" } else { "000000" }));
    assert_error(error, "EnableSoftwareTokenMFAException", "Code mismatch");
    let verified = world.ok("VerifySoftwareToken", verify(&code));
    assert_refused(world.err("VerifySoftwareToken", verify(&code)), ONCE);
    assert_refused(world.err("AssociateSoftwareToken", json!({ "Session": verified["Session"] })), INVALID);

    let last = answer(&verified["Session"], "alice");
    let reply = world.ok("RespondToAuthChallenge", last.clone());
    assert!(reply["AuthenticationResult"]["IdToken"].is_string());
    assert_refused(world.err("RespondToAuthChallenge", last), ONCE);
    let token = &reply["AuthenticationResult"]["AccessToken"];
    let seen = world.ok("GetUser", json!({ "AccessToken": token }));
    assert_eq!(seen["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
    world.sign_in_with_totp("alice", PASSWORD, &world.totp("alice"));

    world.ok("SetUserMFAPreference", json!({ "AccessToken": token, "SoftwareTokenMfaSettings": { "Enabled": false } }));
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[test]
fn an_app_that_was_set_up_in_another_session_answers_no_other() {
    let world = World::new();
    configure(&world, "ON");
    let session = || world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD))["Session"].take();
    let (mine, theirs, begun) = (session(), session(), session());
    let begun = world.ok("AssociateSoftwareToken", json!({ "Session": begun }));
    let code = world.totp_of(begun["SecretCode"].as_str().unwrap());
    set_up(&world, &mine);
    // The password alone must not put another app in place of the one that is there now.
    assert_refused(world.err("AssociateSoftwareToken", json!({ "Session": theirs })), INVALID);
    let late = json!({ "Session": begun["Session"], "UserCode": code });
    assert_refused(world.err("VerifySoftwareToken", late), INVALID);
    assert_eq!(world.err("RespondToAuthChallenge", answer(&theirs, "alice")).0, "MFAMethodNotFoundException");
    assert_refused(world.err("RespondToAuthChallenge", answer(&theirs, "bob")), INVALID);
}

#[test]
fn sessions_of_mfa_setup_expire() {
    let world = World::new();
    configure(&world, "ON");
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    world.advance(179);
    let session = set_up(&world, &challenge["Session"]);
    world.advance(180);
    let error = world.err("RespondToAuthChallenge", answer(&session, "alice"));
    assert_refused(error, "Invalid session for the user, session is expired.");
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "bob", "Battery-Staple8?"));
    world.advance(180);
    let error = world.err("AssociateSoftwareToken", json!({ "Session": challenge["Session"] }));
    assert_refused(error, "Invalid session for the user, session is expired.");
}

#[test]
fn a_new_password_comes_before_the_second_factor() {
    let world = World::new();
    configure(&world, "ON");
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let responses = json!({ "USERNAME": "dave", "NEW_PASSWORD": NEW });
    let body = json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"], "ChallengeResponses": responses });
    let challenge = world.ok("RespondToAuthChallenge", body);
    assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
    let session = set_up(&world, &challenge["Session"]);
    world.ok("RespondToAuthChallenge", answer(&session, "dave"));
    world.sign_in_with_totp("dave", NEW, &world.totp("dave"));
}

/// Witness: amazon-cognito-identity-js and moto's users answer MFA_SETUP with the code that VerifySoftwareToken has already taken; botocore
/// 1.44.5 lists only USERNAME for it (`RespondToAuthChallengeRequest$ChallengeResponses`).
#[test]
fn answers_to_other_challenges_are_passed_by() {
    let world = World::new();
    configure(&world, "ON");
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    let session = set_up(&world, &challenge["Session"]);
    let mut last = answer(&session, "alice");
    for (name, value) in
        [("SOFTWARE_TOKEN_MFA_CODE", "000000"), ("SMS_MFA_CODE", "000000"), ("ANSWER", "SOFTWARE_TOKEN_MFA")]
    {
        last["ChallengeResponses"][name] = json!(value);
    }
    let mut device = last.clone();
    device["ChallengeResponses"]["DEVICE_KEY"] = json!("eu-west-1_x");
    assert_eq!(world.err("RespondToAuthChallenge", device).0, "ResourceNotFoundException", "it has a meaning");
    assert!(world.ok("RespondToAuthChallenge", last)["AuthenticationResult"]["IdToken"].is_string());

    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    let mut code = World::totp_answer(&challenge, "alice", &world.totp("alice"));
    code["ChallengeResponses"]["EMAIL_OTP_CODE"] = json!("000000");
    world.ok("RespondToAuthChallenge", code);
}
