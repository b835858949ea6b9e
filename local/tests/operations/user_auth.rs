//! The flow USER_AUTH: SELECT_CHALLENGE, PREFERRED_CHALLENGE, and passwords in it.
//!
//! Witnesses: Developer Guide, "Choice-based authentication" and "Sign-in with persistent passwords".

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, USED_SESSION, first_factors, is_signed_in};
use crate::srp_client::{SrpClient, now};
use crate::world::{PASSWORD, World, assert_error, assert_refused};

const EMAIL: [(&str, &str); 2] = [("email", "zoe@example.com"), ("email_verified", "true")];
const BOTH: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];

fn pool<'a>(world: &'a World, factors: &[&str]) -> TestPool<'a> {
    TestPool::new(world, json!({ "Policies": first_factors(factors) }))
}

fn offered(pool: &TestPool<'_>, name: &str) -> Value {
    let reply = pool.world.ok("InitiateAuth", pool.choose(name, None));
    assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE");
    assert!(reply["Session"].is_string() && reply.get("AuthenticationResult").is_none());
    reply["AvailableChallenges"].clone()
}

#[test]
fn the_challenges_are_those_of_pool_and_user() {
    let world = World::new();
    let passwords = pool(&world, &["PASSWORD"]);
    passwords.user("zoe", &BOTH);
    assert_eq!(offered(&passwords, "zoe"), json!(["PASSWORD_SRP", "PASSWORD"]));

    let all = pool(&world, &["PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
    all.user("zoe", &BOTH);
    all.user("max", &EMAIL[..0]);
    assert_eq!(offered(&all, "zoe"), json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]));
    assert_eq!(offered(&all, "max"), json!(["PASSWORD_SRP", "PASSWORD"]));
    let temporary = json!({ "UserPoolId": all.id, "Username": "zoe", "Password": PASSWORD, "Permanent": false });
    world.ok("AdminSetUserPassword", temporary);
    assert_eq!(offered(&all, "zoe"), json!(["PASSWORD_SRP", "PASSWORD"]));
    let reply = world.ok("InitiateAuth", all.choose("zoe", Some("EMAIL_OTP")));
    assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE", "what is preferred is not there");
}

#[test]
fn a_password_signs_in_at_once_or_when_it_is_chosen() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &EMAIL);
    let mut at_once = pool.choose("zoe", Some("PASSWORD"));
    let error = world.err("InitiateAuth", at_once.clone());
    assert_error(error, "InvalidParameterException", "Missing required parameter PASSWORD");
    at_once["AuthParameters"]["PASSWORD"] = json!(PASSWORD);
    assert!(is_signed_in(&world.ok("InitiateAuth", at_once.clone())));
    at_once["AuthParameters"]["PASSWORD"] = json!("Wrong-Horse7!");
    assert_refused(world.err("InitiateAuth", at_once), "Incorrect username or password.");

    for (challenge, chosen) in [("SELECT_CHALLENGE", true), ("PASSWORD", false)] {
        let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
        let mut answers = vec![("PASSWORD", PASSWORD)];
        if chosen {
            answers.push(("ANSWER", "PASSWORD"));
        }
        let answer = pool.answer(challenge, &begun["Session"], "zoe", &answers);
        assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer.clone())), "{challenge}");
        assert_refused(world.err("RespondToAuthChallenge", answer), USED_SESSION);
    }
}

#[test]
fn a_session_is_good_for_one_password() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &EMAIL);
    let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
    let answer = |password| pool.answer("PASSWORD", &begun["Session"], "zoe", &[("PASSWORD", password)]);
    assert_refused(world.err("RespondToAuthChallenge", answer("Wrong-Horse7!")), "Incorrect username or password.");
    assert_refused(world.err("RespondToAuthChallenge", answer(PASSWORD)), USED_SESSION);
}

#[test]
fn srp_is_proven_in_the_session() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &EMAIL);
    let srp = SrpClient { pool: pool.id.clone(), ..SrpClient::new(&pool.client, "zoe", PASSWORD) };
    let mut start = pool.choose("zoe", Some("PASSWORD_SRP"));
    start["AuthParameters"]["SRP_A"] = srp.start()["AuthParameters"]["SRP_A"].clone();
    let challenge = world.ok("InitiateAuth", start.clone());
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    assert_eq!(challenge["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let mut answer = srp.answer(&challenge, &now(&world));
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), INVALID_SESSION);
    let other = world.ok("InitiateAuth", start.clone());
    answer["Session"] = other["Session"].clone();
    assert_refused(world.err("RespondToAuthChallenge", answer.clone()), INVALID_SESSION);
    answer["Session"] = challenge["Session"].clone();
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer.clone())));
    assert_refused(world.err("RespondToAuthChallenge", answer), USED_SESSION);

    let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
    let public = start["AuthParameters"]["SRP_A"].as_str().unwrap();
    let chosen = [("ANSWER", "PASSWORD_SRP"), ("SRP_A", public)];
    let challenge =
        world.ok("RespondToAuthChallenge", pool.answer("SELECT_CHALLENGE", &begun["Session"], "zoe", &chosen));
    let mut answer = srp.answer(&challenge, &now(&world));
    answer["Session"] = challenge["Session"].clone();
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", answer)));
}

#[test]
fn what_was_not_offered_cannot_be_chosen() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &BOTH);
    let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
    for chosen in ["EMAIL_OTP", "SMS_OTP", "NONSENSE"] {
        let answer = pool.answer("SELECT_CHALLENGE", &begun["Session"], "zoe", &[("ANSWER", chosen)]);
        assert_eq!(world.err("RespondToAuthChallenge", answer).0, "InvalidParameterException", "{chosen}");
    }
    assert_eq!(world.err("InitiateAuth", pool.choose("zoe", Some("NONSENSE"))).0, "InvalidParameterException");
    let code = pool.answer("EMAIL_OTP", &begun["Session"], "zoe", &[("EMAIL_OTP_CODE", "12345678")]);
    assert_refused(world.err("RespondToAuthChallenge", code), INVALID_SESSION);
    let right = pool.answer("PASSWORD", &begun["Session"], "zoe", &[("PASSWORD", PASSWORD)]);
    assert!(is_signed_in(&world.ok("RespondToAuthChallenge", right)), "the refusals cost nothing");
}

#[test]
fn sessions_belong_to_their_user_and_client_and_expire() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &EMAIL);
    pool.user("max", &[]);
    let begun = world.ok("InitiateAuth", pool.choose("zoe", None));
    let answer = |name| pool.answer("PASSWORD", &begun["Session"], name, &[("PASSWORD", PASSWORD)]);
    assert_refused(world.err("RespondToAuthChallenge", answer("max")), INVALID_SESSION);
    let mut elsewhere = answer("zoe");
    elsewhere["ClientId"] = json!(pool.add_client(json!({})));
    assert_refused(world.err("RespondToAuthChallenge", elsewhere), INVALID_SESSION);
    world.advance(180);
    let expired = "Invalid session for the user, session is expired.";
    assert_refused(world.err("RespondToAuthChallenge", answer("zoe")), expired);
}

#[test]
fn the_client_and_the_pool_must_allow_it() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD"]);
    pool.user("zoe", &EMAIL);
    let client = pool.add_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let mut start = pool.choose("zoe", None);
    start["ClientId"] = json!(client);
    let error = world.err("InitiateAuth", start);
    assert_error(error, "InvalidParameterException", "USER_AUTH flow not enabled for this client");

    // Witness: refusals of CreateUserPool and UpdateUserPool that others have recorded.
    let create = |factors: &[&str]| json!({ "PoolName": "p", "Policies": first_factors(factors) });
    let text = "Password should be configured as one of the allowed first auth factors.";
    assert_error(world.err("CreateUserPool", create(&["EMAIL_OTP"])), "InvalidParameterException", text);
    let app = world.err("CreateUserPool", create(&["PASSWORD", "SOFTWARE_TOKEN"]));
    assert_eq!(app.0, "InvalidParameterException");
    let mut required = create(&["PASSWORD", "SMS_OTP"]);
    required["MfaConfiguration"] = json!("ON");
    required["SmsConfiguration"] = crate::sign_in_world::sms();
    let error = world.err("CreateUserPool", required);
    let text = "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled";
    assert_error(error, "InvalidParameterException", text);
}

#[test]
fn who_does_not_exist_is_told_or_hidden() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
    assert_error(
        world.err("InitiateAuth", pool.choose("nobody", None)),
        "UserNotFoundException",
        "User does not exist.",
    );
    let client = pool.add_client(json!({ "PreventUserExistenceErrors": "ENABLED" }));
    let hiding = TestPool { world: &world, id: pool.id.clone(), client };
    assert_eq!(offered(&hiding, "nobody"), json!(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]));
    let mut password = hiding.choose("nobody", Some("PASSWORD"));
    password["AuthParameters"]["PASSWORD"] = json!(PASSWORD);
    assert_refused(world.err("InitiateAuth", password), "Incorrect username or password.");
    let begun = world.ok("InitiateAuth", hiding.choose("nobody", None));
    let chosen = hiding.answer("PASSWORD", &begun["Session"], "nobody", &[("PASSWORD", PASSWORD)]);
    assert_refused(world.err("RespondToAuthChallenge", chosen), "Incorrect username or password.");

    let srp = SrpClient { pool: pool.id, ..SrpClient::new(&hiding.client, "nobody", PASSWORD) };
    let mut start = hiding.choose("nobody", Some("PASSWORD_SRP"));
    start["AuthParameters"]["SRP_A"] = srp.start()["AuthParameters"]["SRP_A"].clone();
    let challenge = world.ok("InitiateAuth", start);
    let mut answer = srp.answer(&challenge, &now(&world));
    answer["Session"] = challenge["Session"].clone();
    assert_refused(world.err("RespondToAuthChallenge", answer), "Incorrect username or password.");
}

#[test]
fn a_user_without_any_challenge_is_refused() {
    let world = World::new();
    let pool = pool(&world, &["PASSWORD", "EMAIL_OTP"]);
    let sign_up = json!({
        "ClientId": pool.client, "Username": "zoe", "UserAttributes": [{ "Name": "phone_number", "Value": "+15551234567" }],
    });
    world.ok("SignUp", sign_up);
    assert_refused(world.err("InitiateAuth", pool.choose("zoe", None)), "Incorrect username or password.");
}
