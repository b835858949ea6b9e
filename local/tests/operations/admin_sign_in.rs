//! AdminInitiateAuth and AdminRespondToAuthChallenge.

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, USED_SESSION, first_factors, is_signed_in};
use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused};

fn as_admin(pool: &TestPool<'_>, mut body: Value) -> Value {
    body["UserPoolId"] = json!(pool.id);
    body
}

fn with_password(pool: &TestPool<'_>, flow: &str, password: &str) -> Value {
    as_admin(pool, pool.initiate(flow, json!({ "USERNAME": "zoe", "PASSWORD": password })))
}

fn pool(world: &World) -> TestPool<'_> {
    let pool = TestPool::new(world, json!({ "Policies": first_factors(&["PASSWORD", "EMAIL_OTP"]) }));
    pool.user("zoe", &[("email", "zoe@example.com"), ("phone_number", "+15551234567")]);
    pool
}

#[test]
fn passwords_sign_in_by_either_name_of_the_flow() {
    let world = World::new();
    let pool = pool(&world);
    for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
        assert!(is_signed_in(&world.ok("AdminInitiateAuth", with_password(&pool, flow, PASSWORD))), "{flow}");
        let error = world.err("AdminInitiateAuth", with_password(&pool, flow, "Wrong-Horse7!"));
        assert_refused(error, "Incorrect username or password.");
    }
    let legacy = pool.add_client(json!({ "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"] }));
    let pool = TestPool { client: legacy, ..pool };
    for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
        assert!(is_signed_in(&world.ok("AdminInitiateAuth", with_password(&pool, flow, PASSWORD))), "{flow}");
    }
    let unsuited = pool.add_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }));
    let pool = TestPool { client: unsuited, ..pool };
    let error = world.err("AdminInitiateAuth", with_password(&pool, "ADMIN_USER_PASSWORD_AUTH", PASSWORD));
    let text = "ADMIN_USER_PASSWORD_AUTH flow not enabled for this client";
    assert_error(error, "InvalidParameterException", text);
    let error = world.err("AdminInitiateAuth", with_password(&pool, "USER_PASSWORD_AUTH", PASSWORD));
    assert_error(error, "InvalidParameterException", "Initiate Auth method not supported.");
    let error = world.err("AdminInitiateAuth", with_password(&pool, "CUSTOM_AUTH", PASSWORD));
    assert_eq!(error.0, "InvalidParameterException");
}

#[test]
fn pool_client_and_user_must_be_there() {
    let world = World::new();
    let pool = pool(&world);
    let body = with_password(&pool, "ADMIN_USER_PASSWORD_AUTH", PASSWORD);
    for (key, value) in
        [("UserPoolId", "eu-west-1_Nowhere"), ("ClientId", "nosuchclient"), ("ClientId", WEB), ("UserPoolId", POOL)]
    {
        let mut body = body.clone();
        body[key] = json!(value);
        assert_eq!(world.err("AdminInitiateAuth", body).0, "ResourceNotFoundException", "{key} {value}");
    }
    let mut nobody = body;
    nobody["AuthParameters"]["USERNAME"] = json!("nobody");
    assert_error(world.err("AdminInitiateAuth", nobody), "UserNotFoundException", "User does not exist.");
    let answer =
        pool.answer("SMS_MFA", &json!("made-up-session-of-twenty-letters"), "zoe", &[("SMS_MFA_CODE", "123456")]);
    assert_refused(world.err("AdminRespondToAuthChallenge", as_admin(&pool, answer.clone())), INVALID_SESSION);
    let mut elsewhere = as_admin(&pool, answer);
    elsewhere["ClientId"] = json!(WEB);
    assert_eq!(world.err("AdminRespondToAuthChallenge", elsewhere).0, "ResourceNotFoundException");
}

#[test]
fn every_challenge_is_answered() {
    let world = World::new();
    let pool = pool(&world);
    let respond = |challenge: &str, reply: &Value, answers: &[(&str, &str)]| {
        let body = as_admin(&pool, pool.answer(challenge, &reply["Session"], "zoe", answers));
        world.ok("AdminRespondToAuthChallenge", body)
    };
    let begun = world.ok("AdminInitiateAuth", as_admin(&pool, pool.choose("zoe", None)));
    assert_eq!(begun["ChallengeName"], "SELECT_CHALLENGE");
    let asked = respond("SELECT_CHALLENGE", &begun, &[("ANSWER", "EMAIL_OTP")]);
    assert!(is_signed_in(&respond("EMAIL_OTP", &asked, &[("EMAIL_OTP_CODE", &world.code("zoe"))])));

    let srp = SrpClient { pool: pool.id.clone(), ..SrpClient::new(&pool.client, "zoe", PASSWORD) };
    let challenge = world.ok("AdminInitiateAuth", as_admin(&pool, srp.start()));
    let answer = as_admin(&pool, srp.answer(&challenge, &crate::srp_client::now(&world)));
    assert!(is_signed_in(&world.ok("AdminRespondToAuthChallenge", answer)));

    let temporary = json!({ "UserPoolId": pool.id, "Username": "zoe", "Password": "Temporary-1!", "Permanent": false });
    world.ok("AdminSetUserPassword", temporary);
    let begun = world.ok("AdminInitiateAuth", with_password(&pool, "ADMIN_USER_PASSWORD_AUTH", "Temporary-1!"));
    assert_eq!(begun["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    assert!(is_signed_in(&respond("NEW_PASSWORD_REQUIRED", &begun, &[("NEW_PASSWORD", PASSWORD)])));
}

#[test]
fn second_factors_are_answered() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]);
    pool.user("zoe", &[("email", "zoe@example.com"), ("phone_number", "+15551234567")]);
    let respond = |challenge: &str, reply: &Value, answers: &[(&str, &str)]| {
        let body = as_admin(&pool, pool.answer(challenge, &reply["Session"], "zoe", answers));
        world.ok("AdminRespondToAuthChallenge", body)
    };
    let both = json!({ "SMSMfaSettings": { "Enabled": true }, "EmailMfaSettings": { "Enabled": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", both));
    let start = || world.ok("AdminInitiateAuth", with_password(&pool, "ADMIN_USER_PASSWORD_AUTH", PASSWORD));
    for (factor, key) in [("SMS_MFA", "SMS_MFA_CODE"), ("EMAIL_OTP", "EMAIL_OTP_CODE")] {
        let asked = respond("SELECT_MFA_TYPE", &start(), &[("ANSWER", factor)]);
        assert!(is_signed_in(&respond(factor, &asked, &[(key, &world.code("zoe"))])));
    }
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA"]);
    pool.user("max", &[]);
    let body = pool.initiate("ADMIN_USER_PASSWORD_AUTH", json!({ "USERNAME": "max", "PASSWORD": PASSWORD }));
    let begun = world.ok("AdminInitiateAuth", as_admin(&pool, body.clone()));
    assert_eq!(begun["ChallengeName"], "MFA_SETUP");
    let associated = world.ok("AssociateSoftwareToken", json!({ "Session": begun["Session"] }));
    let secret = associated["SecretCode"].as_str().unwrap();
    let verify = json!({ "Session": associated["Session"], "UserCode": world.totp_of(secret) });
    let verified = world.ok("VerifySoftwareToken", verify);
    let last = as_admin(&pool, pool.answer("MFA_SETUP", &verified["Session"], "max", &[]));
    assert!(is_signed_in(&world.ok("AdminRespondToAuthChallenge", last.clone())));
    assert_refused(world.err("AdminRespondToAuthChallenge", last), USED_SESSION);
    world.advance(30);
    let asked = world.ok("AdminInitiateAuth", as_admin(&pool, body));
    let code = [("SOFTWARE_TOKEN_MFA_CODE", world.totp_of(secret))];
    let code = code.each_ref().map(|(key, code)| (*key, code.as_str()));
    let answer = pool.answer("SOFTWARE_TOKEN_MFA", &asked["Session"], "max", &code);
    assert!(is_signed_in(&world.ok("AdminRespondToAuthChallenge", as_admin(&pool, answer))));
}

#[test]
fn refreshing_and_context_data_are_taken() {
    let world = World::new();
    let pool = pool(&world);
    let mut body = with_password(&pool, "ADMIN_USER_PASSWORD_AUTH", PASSWORD);
    body["ContextData"] = json!({
        "IpAddress": "192.0.2.1", "ServerName": "example.com", "ServerPath": "/",
        "HttpHeaders": [{ "headerName": "User-Agent", "headerValue": "test" }],
    });
    body["ClientMetadata"] = json!({ "key": "value" });
    body["AnalyticsMetadata"] = json!({ "AnalyticsEndpointId": "x" });
    let reply = world.ok("AdminInitiateAuth", body);
    let token = &reply["AuthenticationResult"]["RefreshToken"];
    for flow in ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
        let refresh = as_admin(&pool, pool.initiate(flow, json!({ "REFRESH_TOKEN": token })));
        assert!(is_signed_in(&world.ok("AdminInitiateAuth", refresh)), "{flow}");
    }
}
