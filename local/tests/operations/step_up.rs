//! TARGET_ACR_VALUES, ACCESS_TOKEN and MAX_AGE, and the claims `acr` and `amr`.
//!
//! Witness: Developer Guide, "Authentication levels with ACR and AMR claims" and "Step-up authentication with the USER_AUTH flow".

use serde_json::{Value, json};

use crate::sign_in_world::{TestPool, first_factors, is_signed_in, own_sender};
use crate::world::{PASSWORD, World, assert_error, assert_refused, claims};

const ALL: [&str; 3] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
const ADDRESSES: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];

fn level(number: u32) -> String {
    format!("urn:cognito:loa:{number}")
}

/// A pool with optional MFA, and a user who has an app and has SMS enabled, but prefers nothing.
fn pool(world: &World) -> (TestPool<'_>, String) {
    let settings = json!({ "EmailConfiguration": own_sender(), "Policies": first_factors(&["PASSWORD", "EMAIL_OTP"]) });
    let pool = TestPool::new(world, settings);
    pool.set_mfa("OPTIONAL", &ALL);
    pool.user("zoe", &ADDRESSES);
    let secret = pool.set_up_app(&pool.token("zoe"));
    (pool, secret)
}

fn enable(pool: &TestPool<'_>, members: &[&str]) {
    let mut settings = json!({});
    for member in members {
        settings[*member] = json!({ "Enabled": true });
    }
    pool.world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", settings));
}

/// `InitiateAuth` towards levels, with the password.
fn towards(pool: &TestPool<'_>, values: &str, more: &[(&str, &str)]) -> Value {
    let mut parameters = json!({
        "USERNAME": "zoe", "TARGET_ACR_VALUES": values, "PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD,
    });
    for (name, value) in more {
        parameters[*name] = json!(value);
    }
    pool.initiate("USER_AUTH", parameters)
}

/// `acr` and `amr` of both tokens, which must agree.
#[track_caller]
fn acr(reply: &Value) -> (Value, Value) {
    assert!(is_signed_in(reply), "{reply}");
    let result = &reply["AuthenticationResult"];
    let [access, id] = ["AccessToken", "IdToken"].map(|token| claims(&result[token]));
    assert_eq!((&access["acr"], &access["amr"]), (&id["acr"], &id["amr"]));
    (id["acr"].clone(), id["amr"].clone())
}

#[test]
fn levels_are_reached_by_their_factors() {
    let world = World::new();
    let (pool, secret) = pool(&world);
    let start = |values: &str| world.ok("InitiateAuth", towards(&pool, values, &[]));
    assert_eq!(acr(&start(&level(1))), (json!(level(1)), json!(["pwd"])));
    let mut code = towards(&pool, &level(2), &[]);
    code["AuthParameters"]["PREFERRED_CHALLENGE"] = json!("EMAIL_OTP");
    let asked = world.ok("InitiateAuth", code);
    assert_eq!(asked["AvailableChallenges"], json!(["EMAIL_OTP"]), "what leads there");
    let reply = pool.enter(&asked, "zoe", &world.code("zoe"));
    assert_eq!(acr(&reply), (json!(level(2)), json!(["email_otp"])));

    enable(&pool, &["SMSMfaSettings", "SoftwareTokenMfaSettings"]);
    let asked = start(&level(3));
    assert_eq!(asked["ChallengeName"], "SMS_MFA");
    assert_eq!(acr(&pool.enter(&asked, "zoe", &world.code("zoe"))), (json!(level(3)), json!(["pwd", "sms", "mfa"])));
    let asked = start(&level(4));
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let reply = pool.enter(&asked, "zoe", &world.totp_of(&secret));
    assert_eq!(acr(&reply), (json!(level(4)), json!(["pwd", "otp", "mfa"])));

    enable(&pool, &["EmailMfaSettings"]);
    assert_eq!(start(&level(3))["ChallengeParameters"]["MFAS_CAN_CHOOSE"], r#"["SMS_MFA","EMAIL_OTP"]"#);
    let floor = start(&level(1));
    assert_eq!(floor["ChallengeName"], "SELECT_MFA_TYPE", "MFA is a floor");
}

#[test]
fn refreshing_keeps_the_level_and_the_time() {
    let world = World::new();
    let (pool, _) = pool(&world);
    let reply = world.ok("InitiateAuth", towards(&pool, &level(1), &[]));
    let signed_in = claims(&reply["AuthenticationResult"]["IdToken"]);
    world.advance(600);
    let refresh = json!({ "REFRESH_TOKEN": reply["AuthenticationResult"]["RefreshToken"] });
    let reply = world.ok("InitiateAuth", pool.initiate("REFRESH_TOKEN_AUTH", refresh));
    let refreshed = claims(&reply["AuthenticationResult"]["IdToken"]);
    for claim in ["acr", "amr", "auth_time"] {
        assert_eq!(refreshed[claim], signed_in[claim], "{claim}");
    }
}

#[test]
fn without_a_target_there_are_no_claims() {
    let world = World::new();
    let (pool, _) = pool(&world);
    for request in [pool.password("zoe"), towards(&pool, &level(1), &[("TARGET_ACR_VALUES", "")])] {
        let mut request = request;
        let parameters = request["AuthParameters"].as_object_mut().unwrap();
        parameters.remove("TARGET_ACR_VALUES");
        assert_eq!(acr(&world.ok("InitiateAuth", request)), (Value::Null, Value::Null));
    }
}

#[test]
fn a_token_is_stepped_up_from() {
    let world = World::new();
    let (pool, secret) = pool(&world);
    let token = pool.token("zoe");
    let token = token.as_str().unwrap();
    enable(&pool, &["SMSMfaSettings", "SoftwareTokenMfaSettings"]);
    let up = |to: &str, more: &[(&str, &str)]| {
        let mut parameters = json!({ "USERNAME": "zoe", "TARGET_ACR_VALUES": to });
        for (name, value) in more {
            parameters[*name] = json!(value);
        }
        pool.initiate("USER_AUTH", parameters)
    };
    let asked = world.ok("InitiateAuth", up(&level(4), &[("ACCESS_TOKEN", token)]));
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA", "the password was given");
    let reply = pool.enter(&asked, "zoe", &world.totp_of(&secret));
    assert_eq!(acr(&reply), (json!(level(4)), json!(["pwd", "otp", "mfa"])));

    let strong = reply["AuthenticationResult"]["AccessToken"].as_str().unwrap().to_owned();
    for values in [level(4), level(3), level(1)] {
        let error = world.err("InitiateAuth", up(&values, &[("ACCESS_TOKEN", &strong)]));
        let text = "ACCESS_TOKEN already satisfies the TARGET_ACR_VALUES";
        assert_error(error, "InvalidParameterException", text);
    }
    world.advance(61);
    let asked = world.ok("InitiateAuth", up(&level(4), &[("ACCESS_TOKEN", token), ("MAX_AGE", "60")]));
    assert_eq!(asked["ChallengeName"], "SELECT_CHALLENGE", "from scratch");
    assert_eq!(asked["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
    let chosen = pool.answer("PASSWORD", &asked["Session"], "zoe", &[("PASSWORD", PASSWORD)]);
    let asked = world.ok("RespondToAuthChallenge", chosen);
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA", "the session knows the target");
    assert!(is_signed_in(&pool.enter(&asked, "zoe", &world.totp_of(&secret))));

    let asked = world.ok("InitiateAuth", towards(&pool, &level(3), &[]));
    let reply = pool.enter(&asked, "zoe", &world.code("zoe"));
    let medium = reply["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    world.advance(30);
    let asked = world.ok("InitiateAuth", up(&level(4), &[("ACCESS_TOKEN", medium)]));
    let reply = pool.enter(&asked, "zoe", &world.totp_of(&secret));
    assert_eq!(acr(&reply).1, json!(["pwd", "sms", "otp", "mfa"]), "all that was proven");
}

#[test]
fn the_first_level_that_the_user_can_reach_counts() {
    let world = World::new();
    let (pool, _) = pool(&world);
    let values = format!("{} nonsense {} {}", level(4), level(3), level(1));
    let reply = world.ok("InitiateAuth", towards(&pool, &values, &[]));
    assert_eq!(acr(&reply).0, json!(level(1)), "the app is not enabled");
    let error = world.err("InitiateAuth", towards(&pool, &level(4), &[]));
    let text = "The user has no factors for any of the TARGET_ACR_VALUES";
    assert_error(error, "InvalidParameterException", text);
    let error = world.err("InitiateAuth", towards(&pool, "nonsense", &[]));
    let text = "None of the TARGET_ACR_VALUES is a level of the user pool";
    assert_error(error, "InvalidParameterException", text);
}

#[test]
fn tokens_and_ages_are_checked() {
    let world = World::new();
    let (pool, _) = pool(&world);
    pool.user("max", &[]);
    let theirs = pool.token("max");
    let error = world.err("InitiateAuth", towards(&pool, &level(1), &[("ACCESS_TOKEN", theirs.as_str().unwrap())]));
    assert_refused(error, "ACCESS_TOKEN was not issued for USERNAME");
    let error = world.err("InitiateAuth", towards(&pool, &level(1), &[("ACCESS_TOKEN", "x")]));
    assert_refused(error, "Invalid Access Token");
    let elsewhere = TestPool::new(&world, json!({}));
    elsewhere.user("zoe", &[]);
    let foreign = elsewhere.token("zoe");
    let error = world.err("InitiateAuth", towards(&pool, &level(1), &[("ACCESS_TOKEN", foreign.as_str().unwrap())]));
    assert_refused(error, "Invalid Access Token");
    let alone = json!({ "USERNAME": "zoe", "ACCESS_TOKEN": pool.token("zoe") });
    let error = world.err("InitiateAuth", pool.initiate("USER_AUTH", alone));
    assert_error(error, "InvalidParameterException", "ACCESS_TOKEN needs TARGET_ACR_VALUES");
    let error = world.err("InitiateAuth", towards(&pool, &level(1), &[("MAX_AGE", "soon")]));
    assert_error(error, "InvalidParameterException", "MAX_AGE must be a number of seconds");
    let token = pool.token("zoe");
    world.ok("GlobalSignOut", json!({ "AccessToken": token }));
    let error = world.err("InitiateAuth", towards(&pool, &level(1), &[("ACCESS_TOKEN", token.as_str().unwrap())]));
    assert_refused(error, "Access Token has been revoked");
}

#[test]
fn levels_are_named_by_the_pool() {
    let world = World::new();
    let names = json!({ "Level1": { "AcrValue": "urn:mine:1" }, "Level3": { "AcrValue": "urn:mine:3" } });
    let pool = TestPool::new(&world, json!({ "AcrConfiguration": names }));
    let shown = world.ok("DescribeUserPool", json!({ "UserPoolId": pool.id }))["UserPool"]["AcrConfiguration"].take();
    let expected = json!({
        "Level1": { "AcrValue": "urn:mine:1" }, "Level2": { "AcrValue": level(2) },
        "Level3": { "AcrValue": "urn:mine:3" }, "Level4": { "AcrValue": level(4) },
    });
    assert_eq!(shown, expected);
    pool.user("zoe", &[]);
    let reply = world.ok("InitiateAuth", towards(&pool, "urn:mine:1", &[]));
    assert_eq!(acr(&reply).0, "urn:mine:1");
    assert_eq!(world.err("InitiateAuth", towards(&pool, &level(1), &[])).0, "InvalidParameterException");
    for names in [
        json!({ "Level1": { "AcrValue": level(4) } }),
        json!({ "Level1": { "AcrValue": "a" }, "Level2": { "AcrValue": "a" } }),
        json!({ "Level1": { "AcrValue": "a b" } }),
    ] {
        let error = world.err("CreateUserPool", json!({ "PoolName": "p", "AcrConfiguration": names }));
        assert_eq!(error.0, "InvalidParameterException", "{names}");
    }
}

#[test]
fn the_feature_plan_must_have_it() {
    let world = World::new();
    let pool = TestPool::new(&world, json!({ "UserPoolTier": "LITE" }));
    pool.user("zoe", &[]);
    for operation in ["InitiateAuth", "AdminInitiateAuth"] {
        let mut body = towards(&pool, &level(1), &[]);
        if operation == "AdminInitiateAuth" {
            body["UserPoolId"] = json!(pool.id);
        }
        assert_eq!(world.err(operation, body).0, "FeatureUnavailableInTierException");
    }
    let names = json!({ "Level1": { "AcrValue": "urn:mine:1" } });
    let body = json!({ "PoolName": "p", "UserPoolTier": "LITE", "AcrConfiguration": names });
    assert_eq!(world.err("CreateUserPool", body).0, "FeatureUnavailableInTierException");
    let config = json!({ "UserPoolId": pool.id, "MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {} });
    assert_eq!(world.err("SetUserPoolMfaConfig", config).0, "FeatureUnavailableInTierException");
}
