//! SMS_MFA and EMAIL_OTP as the second factor, and SELECT_MFA_TYPE.
//!
//! Witness: Developer Guide, "Adding MFA to a user pool".

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, USED_SESSION, WRONG_CODE, is_signed_in, own_sender, sms};
use crate::world::{World, assert_error, assert_refused};

const ALL: [&str; 3] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
const ADDRESSES: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];

fn on(member: &str) -> Value {
    json!({ member: { "Enabled": true } })
}

fn pool(world: &World) -> TestPool<'_> {
    let pool = TestPool::with_mfa(world, "OPTIONAL", &ALL);
    pool.user("zoe", &ADDRESSES);
    pool
}

#[test]
fn a_code_follows_the_password_and_verifies_the_address() {
    let world = World::new();
    for (member, challenge, medium, masked, verified) in [
        ("SMSMfaSettings", "SMS_MFA", "SMS", "+*******4567", "phone_number_verified"),
        ("EmailMfaSettings", "EMAIL_OTP", "EMAIL", "z***@e***", "email_verified"),
    ] {
        let pool = pool(&world);
        assert!(is_signed_in(&world.ok("InitiateAuth", pool.password("zoe"))), "nothing is wanted yet");
        world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", on(member)));
        let asked = world.ok("InitiateAuth", pool.password("zoe"));
        assert_eq!(asked["ChallengeName"], challenge);
        let parameters = json!({
            "CODE_DELIVERY_DELIVERY_MEDIUM": medium, "CODE_DELIVERY_DESTINATION": masked, "USER_ID_FOR_SRP": "zoe",
        });
        assert_eq!(asked["ChallengeParameters"], parameters);
        let code = world.code("zoe");
        assert_eq!(code.len(), 6);
        let key = format!("{challenge}_CODE");
        let answer = |code: &str| pool.answer(challenge, &asked["Session"], "zoe", &[(&key, code)]);
        let error = world.err("RespondToAuthChallenge", answer(if code == "000000" { "000001" } else { "000000" }));
        assert_error(error, "CodeMismatchException", WRONG_CODE);
        assert_eq!(pool.attribute("zoe", verified), Value::Null);
        assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer(&code))));
        assert_refused(world.err("RespondToAuthChallenge", answer(&code)), USED_SESSION);
        assert_eq!(pool.attribute("zoe", verified), "true");
    }
}

#[test]
fn the_messages_are_the_pools() {
    let world = World::new();
    let pool = TestPool::new(&world, json!({ "EmailConfiguration": own_sender() }));
    pool.user("zoe", &ADDRESSES);
    let config = json!({
        "UserPoolId": pool.id, "MfaConfiguration": "OPTIONAL",
        "SmsMfaConfiguration": { "SmsConfiguration": sms(), "SmsAuthenticationMessage": "Your key: {####}" },
        "EmailMfaConfiguration": { "Message": "Key {####} for you", "Subject": "Your key" },
    });
    world.ok("SetUserPoolMfaConfig", config);
    let newest = || world.control("GET", "inbox?to=zoe", Value::Null)["messages"][0].clone();
    for (member, subject, text) in [
        ("SMSMfaSettings", Value::Null, "Your key: {####}"),
        ("EmailMfaSettings", json!("Your key"), "Key {####} for you"),
    ] {
        let mut prefer = on(member);
        prefer[member]["PreferredMfa"] = json!(true);
        world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
        world.ok("InitiateAuth", pool.password("zoe"));
        let message = newest();
        assert_eq!(message["kind"], "authentication");
        assert_eq!(message["subject"], subject);
        assert_eq!(message["text"], text.replace("{####}", message["code"].as_str().unwrap()));
    }
}

#[test]
fn failures_lock_the_second_factor_whatever_the_session() {
    let world = World::new();
    let pool = pool(&world);
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", on("SMSMfaSettings")));
    let ask = || world.ok("InitiateAuth", pool.password("zoe"));
    let answer =
        |asked: &Value, code: &str| pool.answer("SMS_MFA", &asked["Session"], "zoe", &[("SMS_MFA_CODE", code)]);
    for _ in 0..5 {
        let error = world.err("RespondToAuthChallenge", answer(&ask(), "nonsense"));
        assert_error(error, "CodeMismatchException", WRONG_CODE);
    }
    let asked = ask();
    let right = answer(&asked, &world.code("zoe"));
    assert_refused(world.err("RespondToAuthChallenge", right.clone()), "Password attempts exceeded");
    world.advance(1);
    assert_eq!(world.err("RespondToAuthChallenge", answer(&asked, "nonsense")).0, "CodeMismatchException");
    world.advance(1);
    assert_refused(world.err("RespondToAuthChallenge", right.clone()), "Password attempts exceeded");
    world.advance(1);
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", right)));
    assert_eq!(world.err("RespondToAuthChallenge", answer(&ask(), "nonsense")).0, "CodeMismatchException");
    assert!(is_signed_in(&pool.enter(&ask(), "zoe", &world.code("zoe"))), "a right code forgives");
}

#[test]
fn without_a_preference_the_user_chooses() {
    let world = World::new();
    let pool = pool(&world);
    let both = json!({ "SMSMfaSettings": { "Enabled": true }, "EmailMfaSettings": { "Enabled": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", both));
    let asked = world.ok("InitiateAuth", pool.password("zoe"));
    assert_eq!(asked["ChallengeName"], "SELECT_MFA_TYPE");
    let parameters = json!({ "USER_ID_FOR_SRP": "zoe", "MFAS_CAN_CHOOSE": r#"["SMS_MFA","EMAIL_OTP"]"# });
    assert_eq!(asked["ChallengeParameters"], parameters);
    let choose = |answer| pool.answer("SELECT_MFA_TYPE", &asked["Session"], "zoe", &[("ANSWER", answer)]);
    for wrong in ["SOFTWARE_TOKEN_MFA", "EMAIL_MFA", "nonsense"] {
        assert_eq!(world.err("RespondToAuthChallenge", choose(wrong)).0, "InvalidParameterException", "{wrong}");
    }
    let chosen = world.ok("RespondToAuthChallenge", choose("EMAIL_OTP"));
    assert_eq!(chosen["ChallengeName"], "EMAIL_OTP");
    assert_refused(world.err("RespondToAuthChallenge", choose("SMS_MFA")), USED_SESSION);
    assert!(is_signed_in(&pool.enter(&chosen, "zoe", &world.code("zoe"))));

    let prefer = json!({ "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
    assert_eq!(world.ok("InitiateAuth", pool.password("zoe"))["ChallengeName"], "SMS_MFA");
}

#[test]
fn what_changes_meanwhile_counts() {
    let world = World::new();
    let pool = pool(&world);
    let prefer = |settings| world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", settings));
    prefer(on("SMSMfaSettings"));
    let ask = || {
        let asked = world.ok("InitiateAuth", pool.password("zoe"));
        pool.answer("SMS_MFA", &asked["Session"], "zoe", &[("SMS_MFA_CODE", &world.code("zoe"))])
    };
    let answer = ask();
    world.ok("AdminDisableUser", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), "User is disabled.");
    world.ok("AdminEnableUser", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    prefer(json!({ "SMSMfaSettings": { "Enabled": false }, "EmailMfaSettings": { "Enabled": true } }));
    assert_refused(world.err("RespondToAuthChallenge", answer), INVALID_SESSION);
    prefer(json!({ "SMSMfaSettings": { "Enabled": true }, "EmailMfaSettings": { "Enabled": false } }));
    let answer = ask();
    pool.set_mfa("OFF", &[]);
    assert_refused(world.err("RespondToAuthChallenge", answer), INVALID_SESSION);
    assert!(is_signed_in(&world.ok("InitiateAuth", pool.password("zoe"))), "the pool asks nobody now");
}

#[test]
fn a_code_goes_with_its_session_and_challenge() {
    let world = World::new();
    let pool = pool(&world);
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", on("EmailMfaSettings")));
    let [first, second] = [(); 2].map(|()| {
        let asked = world.ok("InitiateAuth", pool.password("zoe"));
        (asked["Session"].clone(), world.code("zoe"))
    });
    let answer = |session, code: &str| pool.answer("EMAIL_OTP", session, "zoe", &[("EMAIL_OTP_CODE", code)]);
    assert_eq!(world.err("RespondToAuthChallenge", answer(&first.0, &second.1)).0, "CodeMismatchException");
    for other in ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "SMS_OTP"] {
        let body = pool.answer(other, &first.0, "zoe", &[(&format!("{other}_CODE"), &first.1)]);
        assert_refused(world.err("RespondToAuthChallenge", body), INVALID_SESSION);
    }
    let missing = pool.answer("EMAIL_OTP", &first.0, "zoe", &[]);
    let error = world.err("RespondToAuthChallenge", missing);
    assert_error(error, "InvalidParameterException", "Missing required parameter EMAIL_OTP_CODE");
    world.advance(180);
    let expired = "Invalid session for the user, session is expired.";
    assert_refused(world.err("RespondToAuthChallenge", answer(&first.0, &first.1)), expired);
}
