//! EMAIL_OTP and SMS_OTP as the first factor.
//!
//! Witnesses: Developer Guide, "Passwordless sign-in with one-time passwords" and "Things to know about user pool MFA".

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, USED_SESSION, WRONG_CODE, first_factors, is_signed_in};
use crate::world::{PASSWORD, World, assert_error, assert_refused};

const ADDRESSES: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];

fn pool(world: &World) -> TestPool<'_> {
    let pool = TestPool::new(world, json!({ "Policies": first_factors(&["PASSWORD", "EMAIL_OTP", "SMS_OTP"]) }));
    pool.user("zoe", &ADDRESSES);
    pool
}

fn other(code: &str) -> &str {
    if code == "00000000" { "00000001" } else { "00000000" }
}

#[test]
fn a_code_signs_in_and_verifies_the_address() {
    let world = World::new();
    let pool = pool(&world);
    for (challenge, medium, masked, verified) in [
        ("EMAIL_OTP", "EMAIL", "z***@e***", "email_verified"),
        ("SMS_OTP", "SMS", "+*******4567", "phone_number_verified"),
    ] {
        assert_eq!(pool.attribute("zoe", verified), Value::Null);
        let asked = world.ok("InitiateAuth", pool.choose("zoe", Some(challenge)));
        assert_eq!(asked["ChallengeName"], challenge);
        let parameters = json!({ "CODE_DELIVERY_DELIVERY_MEDIUM": medium, "CODE_DELIVERY_DESTINATION": masked });
        assert_eq!(asked["ChallengeParameters"], parameters);
        assert_eq!(asked["AvailableChallenges"].as_array().unwrap().len(), 4);
        let code = world.code("zoe");
        assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        let answer =
            |code: &str| pool.answer(challenge, &asked["Session"], "zoe", &[(&format!("{challenge}_CODE"), code)]);
        for _ in 0..6 {
            let error = world.err("RespondToAuthChallenge", answer(other(&code)));
            assert_error(error, "CodeMismatchException", WRONG_CODE);
        }
        assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer(&code))));
        assert_refused(world.err("RespondToAuthChallenge", answer(&code)), USED_SESSION);
        assert_eq!(pool.attribute("zoe", verified), "true");
    }
}

#[test]
fn a_code_is_chosen_and_goes_with_its_session() {
    let world = World::new();
    let pool = pool(&world);
    let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
    let chosen = pool.answer("SELECT_CHALLENGE", &begun["Session"], "zoe", &[("ANSWER", "EMAIL_OTP")]);
    let first = world.ok("RespondToAuthChallenge", chosen.clone());
    assert_eq!(first["ChallengeName"], "EMAIL_OTP");
    assert_refused(world.err("RespondToAuthChallenge", chosen), USED_SESSION);
    let code = world.code("zoe");
    let second = world.ok("InitiateAuth", pool.choose("zoe", Some("SMS_OTP")));
    let newer = world.code("zoe");
    let mixed = pool.answer("EMAIL_OTP", &first["Session"], "zoe", &[("EMAIL_OTP_CODE", &newer)]);
    assert_error(world.err("RespondToAuthChallenge", mixed), "CodeMismatchException", WRONG_CODE);
    let mixed = pool.answer("SMS_OTP", &first["Session"], "zoe", &[("SMS_OTP_CODE", &code)]);
    assert_refused(world.err("RespondToAuthChallenge", mixed), INVALID_SESSION);
    let mixed = pool.answer("SMS_MFA", &second["Session"], "zoe", &[("SMS_MFA_CODE", &newer)]);
    assert_refused(world.err("RespondToAuthChallenge", mixed), INVALID_SESSION);
    let missing = pool.answer("SMS_OTP", &second["Session"], "zoe", &[("EMAIL_OTP_CODE", &newer)]);
    let error = world.err("RespondToAuthChallenge", missing);
    assert_error(error, "InvalidParameterException", "Missing required parameter SMS_OTP_CODE");
    assert!(is_signed_in(&pool.enter(&first, "zoe", &code)));
    assert!(is_signed_in(&pool.enter(&second, "zoe", &newer)));
}

#[test]
fn codes_expire_with_their_session() {
    let world = World::new();
    let pool = pool(&world);
    let patient = pool.add_client(json!({ "AuthSessionValidity": 15 }));
    let pool = TestPool { client: patient, ..pool };
    let [first, second] = [(); 2].map(|()| {
        let asked = world.ok("InitiateAuth", pool.choose("zoe", Some("EMAIL_OTP")));
        (asked, world.code("zoe"))
    });
    world.advance(15 * 60 - 1);
    assert!(is_signed_in(&pool.enter(&first.0, "zoe", &first.1)));
    world.advance(1);
    let late = pool.answer("EMAIL_OTP", &second.0["Session"], "zoe", &[("EMAIL_OTP_CODE", &second.1)]);
    assert_refused(world.err("RespondToAuthChallenge", late), "Invalid session for the user, session is expired.");
}

#[test]
fn a_sign_up_is_confirmed_by_signing_in_with_a_code() {
    let world = World::new();
    let pool = pool(&world);
    let attributes = json!([{ "Name": "email", "Value": "max@example.com" }]);
    let sign_up = json!({ "ClientId": pool.client, "Username": "max", "UserAttributes": attributes });
    world.ok("SignUp", sign_up.clone());
    let strict = pool.add_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let mut elsewhere = sign_up;
    elsewhere["ClientId"] = json!(strict);
    elsewhere["Username"] = json!("tim");
    let error = world.err("SignUp", elsewhere);
    assert_error(error, "InvalidParameterException", "Password is required");

    let asked = world.ok("InitiateAuth", pool.choose("max", Some("EMAIL_OTP")));
    assert_eq!(asked["AvailableChallenges"], json!(["EMAIL_OTP"]), "there is no password");
    assert!(is_signed_in(&pool.enter(&asked, "max", &world.code("max"))));
    let user = world.ok("AdminGetUser", json!({ "UserPoolId": pool.id, "Username": "max" }));
    assert_eq!(user["UserStatus"], "CONFIRMED");
    assert_eq!(pool.attribute("max", "email_verified"), "true");
    assert_refused(world.err("InitiateAuth", pool.password("max")), "Incorrect username or password.");
}

#[test]
fn what_changes_meanwhile_closes_the_way() {
    let world = World::new();
    let pool = pool(&world);
    let user = json!({ "UserPoolId": pool.id, "Username": "zoe" });
    let ask = || {
        let asked = world.ok("InitiateAuth", pool.choose("zoe", Some("EMAIL_OTP")));
        pool.answer("EMAIL_OTP", &asked["Session"], "zoe", &[("EMAIL_OTP_CODE", &world.code("zoe"))])
    };
    let answer = ask();
    world.ok("AdminDisableUser", user.clone());
    assert_refused(world.err("RespondToAuthChallenge", answer), "User is disabled.");
    assert_refused(world.err("InitiateAuth", pool.choose("zoe", Some("EMAIL_OTP"))), "User is disabled.");
    world.ok("AdminEnableUser", user);
    let answer = ask();
    pool.set_mfa("OPTIONAL", &["SMS_MFA"]);
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", json!({ "SMSMfaSettings": { "Enabled": true } })));
    assert_refused(world.err("RespondToAuthChallenge", answer), INVALID_SESSION);
    let reply = world.ok("InitiateAuth", pool.choose("zoe", Some("EMAIL_OTP")));
    assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]), "users with MFA have passwords only");
}

#[test]
fn an_address_that_is_someone_elses_alias_signs_nobody_in() {
    let world = World::new();
    let settings = json!({ "Policies": first_factors(&["PASSWORD", "EMAIL_OTP"]), "AliasAttributes": ["email"] });
    let pool = TestPool::new(&world, settings);
    pool.user("zoe", &[("email", "zoe@example.com"), ("email_verified", "true")]);
    pool.user("max", &[("email", "zoe@example.com")]);
    let asked = world.ok("InitiateAuth", pool.choose("max", Some("EMAIL_OTP")));
    let answer = pool.answer("EMAIL_OTP", &asked["Session"], "max", &[("EMAIL_OTP_CODE", &world.code("max"))]);
    let text = "An account with the email already exists.";
    assert_error(world.err("RespondToAuthChallenge", answer), "AliasExistsException", text);
}

#[test]
fn who_does_not_exist_seems_to_get_a_code() {
    let world = World::new();
    let pool = pool(&world);
    let client = pool.add_client(json!({ "PreventUserExistenceErrors": "ENABLED" }));
    let pool = TestPool { client, ..pool };
    world.ok("AdminDisableUser", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    world.control("DELETE", "inbox", Value::Null);
    for (name, challenge, starts) in [
        ("nobody@example.com", "EMAIL_OTP", "n***@e***"),
        ("nobody", "EMAIL_OTP", "n***@n***"),
        ("nobody", "SMS_OTP", "+*******"),
        ("zoe", "EMAIL_OTP", "z***@"),
    ] {
        let [first, second] = [(); 2].map(|()| world.ok("InitiateAuth", pool.choose(name, Some(challenge))));
        assert_eq!(first["ChallengeName"], challenge);
        assert_eq!(first["ChallengeParameters"], second["ChallengeParameters"], "the same person, the same address");
        let shown = first["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"].as_str().unwrap();
        assert!(shown.starts_with(starts), "{shown}");
        let answer = pool.answer(challenge, &first["Session"], name, &[(&format!("{challenge}_CODE"), "12345678")]);
        assert_error(world.err("RespondToAuthChallenge", answer), "CodeMismatchException", WRONG_CODE);
    }
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]), "nothing was sent");
    world.ok("AdminEnableUser", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    assert!(is_signed_in(
        &world.ok(
            "InitiateAuth",
            pool.initiate("USER_PASSWORD_AUTH", json!({ "USERNAME": "zoe", "PASSWORD": PASSWORD }))
        )
    ));
}
