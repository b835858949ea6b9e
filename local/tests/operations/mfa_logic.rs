//! What a pool that requires MFA asks for.
//!
//! Witness: Developer Guide, "Adding MFA to a user pool", "Details of MFA logic at user runtime"; the numbers are of its steps.

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, is_signed_in, own_sender};
use crate::world::{World, assert_error, assert_refused};

const ALL: [&str; 3] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
const EMAIL: (&str, &str) = ("email", "zoe@example.com");
const PHONE: (&str, &str) = ("phone_number", "+15551234567");

/// A pool that requires one of these factors, and sends codes for forgotten passwords in this way.
fn pool<'a>(world: &'a World, recovery: &str, factors: &[&str]) -> TestPool<'a> {
    let recovery = json!({ "RecoveryMechanisms": [{ "Priority": 1, "Name": recovery }] });
    let settings = json!({ "EmailConfiguration": own_sender(), "AccountRecoverySetting": recovery });
    let pool = TestPool::new(world, settings);
    pool.set_mfa("ON", factors);
    pool
}

/// The challenge and its list, or the error, that follows the password.
fn asked(pool: &TestPool<'_>) -> (String, Value) {
    let reply = pool.world.call("InitiateAuth", pool.password("zoe"));
    let kind = reply.body["__type"].as_str().or(reply.body["ChallengeName"].as_str()).unwrap_or("tokens");
    let parameters = &reply.body["ChallengeParameters"];
    let list = ["MFAS_CAN_CHOOSE", "MFAS_CAN_SETUP"].iter().find_map(|name| parameters[*name].as_str());
    (kind.to_owned(), list.map_or(Value::Null, |list| serde_json::from_str(list).unwrap()))
}

#[test]
fn attributes_recovery_and_factors_decide() {
    let world = World::new();
    let (email, phone) = ("verified_email", "verified_phone_number");
    for (step, recovery, factors, attributes, challenge, list) in [
        ("6", email, &["EMAIL_OTP"][..], &[EMAIL][..], "InvalidUserPoolConfigurationException", Value::Null),
        ("6.2", phone, &["EMAIL_OTP"], &[EMAIL], "EMAIL_OTP", Value::Null),
        ("6.3", email, &["SMS_MFA"], &[PHONE], "SMS_MFA", Value::Null),
        ("6.4", email, &["SMS_MFA"], &[EMAIL], "InvalidUserPoolConfigurationException", Value::Null),
        ("6.5", email, &ALL, &[EMAIL], "MFA_SETUP", json!(["SOFTWARE_TOKEN_MFA"])),
        ("7", email, &ALL, &[EMAIL, PHONE], "SMS_MFA", Value::Null),
        ("7", phone, &ALL, &[EMAIL, PHONE], "EMAIL_OTP", Value::Null),
        ("7.2", "admin_only", &ALL, &[EMAIL, PHONE], "SELECT_MFA_TYPE", json!(["SMS_MFA", "EMAIL_OTP"])),
        ("7.4", "admin_only", &["SMS_MFA"], &[EMAIL, PHONE], "SMS_MFA", Value::Null),
        ("8", email, &ALL, &[], "MFA_SETUP", json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"])),
        ("8", phone, &ALL, &[], "MFA_SETUP", json!(["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"])),
    ] {
        let pool = pool(&world, recovery, factors);
        pool.user("zoe", attributes);
        assert_eq!(asked(&pool), (challenge.to_owned(), list), "step {step}, {recovery}, {factors:?}, {attributes:?}");
    }
}

#[test]
fn an_app_and_addresses_are_chosen_from() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &ALL);
    pool.user("zoe", &[EMAIL, PHONE]);
    let token = pool.token("zoe");
    let secret = pool.set_up_app(&token);
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA", "SMS_MFA"]);
    assert_eq!(asked(&pool), ("SELECT_MFA_TYPE".into(), json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"])), "step 4.5");
    let reply = world.ok("InitiateAuth", pool.password("zoe"));
    let chosen = pool.answer("SELECT_MFA_TYPE", &reply["Session"], "zoe", &[("ANSWER", "SOFTWARE_TOKEN_MFA")]);
    let reply = world.ok("RespondToAuthChallenge", chosen);
    assert!(is_signed_in(&pool.enter(&reply, "zoe", &world.totp_of(&secret))));

    let prefer = json!({ "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
    assert_eq!(asked(&pool).0, "SOFTWARE_TOKEN_MFA", "step 3");
    pool.set_mfa("ON", &["SMS_MFA"]);
    assert_eq!(asked(&pool).0, "SMS_MFA", "step 5: the app is there, but the pool does not take it");
}

#[test]
fn an_administrator_is_told_that_there_is_no_factor() {
    let world = World::new();
    let pool = pool(&world, "verified_email", &["EMAIL_OTP"]);
    pool.user("zoe", &[EMAIL]);
    let mut body = pool.password("zoe");
    body["AuthFlow"] = json!("ADMIN_USER_PASSWORD_AUTH");
    body["UserPoolId"] = json!(pool.id);
    assert_eq!(world.err("AdminInitiateAuth", body).0, "MFAMethodNotFoundException");
}

#[test]
fn an_address_is_set_up_by_a_code_that_comes_back() {
    let world = World::new();
    for key in ["EMAIL", "email"] {
        let pool = pool(&world, "verified_phone_number", &ALL);
        pool.user("zoe", &[]);
        let begun = world.ok("InitiateAuth", pool.password("zoe"));
        let answer = |address| pool.answer("MFA_SETUP", &begun["Session"], "zoe", &[(key, address)]);
        assert_eq!(world.err("RespondToAuthChallenge", answer("nonsense")).0, "InvalidParameterException");
        assert_eq!(world.err("RespondToAuthChallenge", answer("")).0, "MFAMethodNotFoundException");
        let asked = world.ok("RespondToAuthChallenge", answer("new@example.com"));
        assert_eq!(asked["ChallengeName"], "EMAIL_OTP");
        assert_eq!(asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "n***@e***");
        assert_eq!(pool.attribute("zoe", "email"), Value::Null, "not before it is proven");
        let code = world.code("new@example.com");
        let wrong = pool.answer("EMAIL_OTP", &asked["Session"], "zoe", &[("EMAIL_OTP_CODE", "nonsense")]);
        assert_eq!(world.err("RespondToAuthChallenge", wrong).0, "CodeMismatchException");
        let reply = pool.enter(&asked, "zoe", &code);
        assert!(is_signed_in(&reply));
        assert_eq!(pool.attribute("zoe", "email"), "new@example.com");
        assert_eq!(pool.attribute("zoe", "email_verified"), "true");
        let token = &reply["AuthenticationResult"]["AccessToken"];
        assert_eq!(world.ok("GetUser", json!({ "AccessToken": token }))["PreferredMfaSetting"], "EMAIL_OTP");
        assert_eq!(world.ok("InitiateAuth", pool.password("zoe"))["ChallengeName"], "EMAIL_OTP");
    }
}

#[test]
fn an_address_is_not_set_up_in_place_of_another_factor() {
    let world = World::new();
    let pool = pool(&world, "verified_phone_number", &ALL);
    pool.user("zoe", &[]);
    let [mine, theirs] = [(); 2].map(|()| world.ok("InitiateAuth", pool.password("zoe"))["Session"].take());
    let set_up = |session| pool.answer("MFA_SETUP", session, "zoe", &[("EMAIL", "new@example.com")]);
    let asked = world.ok("RespondToAuthChallenge", set_up(&mine));
    let begun = world.ok("RespondToAuthChallenge", set_up(&theirs));
    let late =
        pool.answer("EMAIL_OTP", &begun["Session"], "zoe", &[("EMAIL_OTP_CODE", &world.code("new@example.com"))]);
    let first = world.control("GET", "inbox?to=new@example.com", Value::Null)["messages"][1]["code"].take();
    assert!(is_signed_in(&pool.enter(&asked, "zoe", first.as_str().unwrap())));
    assert_refused(world.err("RespondToAuthChallenge", late), INVALID_SESSION);

    let emails = TestPool::with_mfa(&world, "ON", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    emails.user("zoe", &[]);
    let begun = world.ok("InitiateAuth", emails.password("zoe"));
    let not_offered = emails.answer("MFA_SETUP", &begun["Session"], "zoe", &[("EMAIL", "new@example.com")]);
    assert_refused(world.err("RespondToAuthChallenge", not_offered), INVALID_SESSION);
}

/// Witness: "Users can't receive MFA and password reset codes at the same email address or phone number."
#[test]
fn a_forgotten_password_does_not_go_where_the_second_factor_goes() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &ALL);
    let verified = [("email_verified", "true"), ("phone_number_verified", "true")];
    pool.user("zoe", &[EMAIL, PHONE, verified[0], verified[1]]);
    pool.user("max", &[("email", "max@example.com"), verified[0]]);
    let forget = |name| json!({ "ClientId": pool.client, "Username": name });
    let medium = |name| world.ok("ForgotPassword", forget(name))["CodeDeliveryDetails"]["DeliveryMedium"].take();
    assert_eq!((medium("zoe"), medium("max")), (json!("EMAIL"), json!("EMAIL")));
    let prefer = json!({ "EmailMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    for name in ["zoe", "max"] {
        world.ok("AdminSetUserMFAPreference", pool.prefer(name, prefer.clone()));
    }
    assert_eq!(medium("zoe"), "SMS");
    let text = "Cannot reset password for the user as there is no registered/verified email or phone_number";
    assert_error(world.err("ForgotPassword", forget("max")), "InvalidParameterException", text);
}
