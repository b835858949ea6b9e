//! AdminListUserAuthEvents, AdminUpdateAuthEventFeedback and UpdateAuthEventFeedback, in pools with threat protection.

use serde_json::{Value, json};

use crate::device_world::Tracked;
use crate::world::{PASSWORD, POOL, World, assert_error, assert_refused, password_flow};

const OFF: &str = "User pool add-ons are not enabled for the user pool.";

/// A pool of the Plus plan that is watched, with the users ann and ben.
fn watched() -> Tracked {
    Tracked::with(json!({ "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } }))
}

#[track_caller]
fn events(pool: &Tracked, name: &str) -> Vec<Value> {
    let reply = pool.world.ok("AdminListUserAuthEvents", json!({ "UserPoolId": pool.pool, "Username": name }));
    reply["AuthEvents"].as_array().unwrap().clone()
}

#[test]
fn threat_protection_needs_the_plus_plan() {
    let world = World::new();
    let pool = |tier: &str, add_ons: Value| json!({ "PoolName": "p", "UserPoolTier": tier, "UserPoolAddOns": add_ons });
    let on =
        json!({ "AdvancedSecurityMode": "ENFORCED", "AdvancedSecurityAdditionalFlows": { "CustomAuthMode": "AUDIT" } });
    for tier in ["LITE", "ESSENTIALS"] {
        let text = format!(
            "The following features need to be disabled for the {tier} pricing tier configured: Threat Protection"
        );
        assert_error(world.err("CreateUserPool", pool(tier, on.clone())), "FeatureUnavailableInTierException", &text);
        let off = json!({ "AdvancedSecurityMode": "OFF" });
        let made = world.ok("CreateUserPool", pool(tier, off.clone()));
        assert_eq!(made["UserPool"]["UserPoolAddOns"], off);
    }
    assert_eq!(world.ok("CreateUserPool", pool("PLUS", on.clone()))["UserPool"]["UserPoolAddOns"], on);
    assert_eq!(world.err("CreateUserPool", pool("PLUS", json!({}))).0, "InvalidParameterException");
}

#[test]
fn sign_ins_are_events_whether_they_succeed_or_not() {
    let pool = watched();
    let wrong = password_flow(&pool.client, "ann", "Another-1!");
    assert_refused(pool.world.err("InitiateAuth", wrong), "Incorrect username or password.");
    pool.world.advance(10);
    let tokens = pool.sign_in("ann");
    let mut srp = pool.srp("ann");
    srp["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"] = json!("AAAA");
    pool.world.err("RespondToAuthChallenge", srp);

    let shown = events(&pool, "ann");
    let summary: Vec<_> =
        shown.iter().map(|event| (event["EventType"].clone(), event["EventResponse"].clone())).collect();
    assert_eq!(json!(summary), json!([["SignIn", "Fail"], ["SignIn", "Pass"], ["SignIn", "Fail"]]));
    let passed = &shown[1];
    assert_eq!(passed["EventId"], crate::world::claims(&tokens["AccessToken"])["event_id"]);
    assert_eq!(passed["ChallengeResponses"], json!([{ "ChallengeName": "Password", "ChallengeResponse": "Success" }]));
    assert_eq!(
        shown[2]["ChallengeResponses"],
        json!([{ "ChallengeName": "Password", "ChallengeResponse": "Failure" }])
    );
    assert_eq!(passed["EventRisk"], json!({ "RiskDecision": "NoRisk", "CompromisedCredentialsDetected": false }));
    assert!(passed["CreationDate"].as_f64() > shown[2]["CreationDate"].as_f64());
    assert!(events(&pool, "ben").is_empty());
}

#[test]
fn second_factors_and_other_deeds_are_events_too() {
    let pool = watched();
    let secret = pool.set_up_app("ann");
    let challenge = pool.start("ann", None);
    let mut wrong = pool.code(&challenge, "ann", &secret);
    wrong["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"] = json!("000000");
    pool.world.err("RespondToAuthChallenge", wrong);
    let right = pool.code(&challenge, "ann", &secret);
    let token = pool.world.ok("RespondToAuthChallenge", right)["AuthenticationResult"]["AccessToken"].take();
    let change = json!({ "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": "Brand-New-2!" });
    pool.world.ok("ChangePassword", change);
    let shown = events(&pool, "ann");
    assert_eq!(shown[0]["EventType"], "PasswordChange");
    let factors = |index: usize| {
        let answers = shown[index]["ChallengeResponses"].as_array().unwrap();
        answers.iter().map(|answer| format!("{} {}", answer["ChallengeName"], answer["ChallengeResponse"])).collect()
    };
    let expected: [Vec<&str>; 2] = [vec![r#""Password" "Success""#, r#""Mfa" "Success""#], vec![r#""Mfa" "Failure""#]];
    for (index, expected) in [1, 2].into_iter().zip(expected) {
        let actual: Vec<String> = factors(index);
        assert_eq!(actual, expected);
    }

    let attributes = json!([{ "Name": "email", "Value": "zoe@example.com" }]);
    let sign_up =
        json!({ "ClientId": pool.client, "Username": "zoe", "Password": PASSWORD, "UserAttributes": attributes });
    pool.world.ok("SignUp", sign_up);
    assert_eq!(events(&pool, "zoe")[0]["EventType"], "SignUp");
}

#[test]
fn events_come_in_pages() {
    let pool = watched();
    for _ in 0..5 {
        pool.sign_in("ann");
    }
    let page = |most: u64, token: &Value| {
        let body = json!({ "UserPoolId": pool.pool, "Username": "ann", "MaxResults": most, "NextToken": token });
        pool.world.ok("AdminListUserAuthEvents", body)
    };
    let (mut seen, mut token) = (Vec::new(), Value::Null);
    for size in [2, 2, 1] {
        let reply = page(2, &token);
        let events = reply["AuthEvents"].as_array().unwrap();
        assert_eq!(events.len(), size);
        seen.extend(events.iter().map(|event| event["EventId"].clone()));
        token = reply["NextToken"].clone();
    }
    assert!(token.is_null());
    let all: Vec<Value> = events(&pool, "ann").iter().map(|event| event["EventId"].clone()).collect();
    assert_eq!(seen, all);
    assert_eq!(page(0, &Value::Null)["AuthEvents"].as_array().unwrap().len(), 5);
    let wrong = json!({ "UserPoolId": pool.pool, "Username": "ann", "NextToken": "x" });
    assert_eq!(pool.world.err("AdminListUserAuthEvents", wrong).0, "InvalidParameterException");
}

#[test]
fn an_administrator_judges_an_event() {
    let pool = watched();
    pool.sign_in("ann");
    let id = events(&pool, "ann")[0]["EventId"].clone();
    let judge = |name: &str, id: &Value, value: &str| json!({ "UserPoolId": pool.pool, "Username": name, "EventId": id, "FeedbackValue": value });
    for value in ["Invalid", "Valid"] {
        assert_eq!(pool.world.ok("AdminUpdateAuthEventFeedback", judge("ann", &id, value)), json!({}));
        let feedback = &events(&pool, "ann")[0]["EventFeedback"];
        assert_eq!((&feedback["FeedbackValue"], &feedback["Provider"]), (&json!(value), &json!("Admin")));
    }
    let err = |body: Value| pool.world.err("AdminUpdateAuthEventFeedback", body).0;
    assert_eq!(err(judge("ben", &id, "Valid")), "ResourceNotFoundException");
    assert_eq!(err(judge("nobody", &id, "Valid")), "UserNotFoundException");
    assert_eq!(err(judge("ann", &id, "Perhaps")), "InvalidParameterException");
}

/// No mail with a token is ever sent, so no token is good.
#[test]
fn a_user_judges_by_a_token_that_nobody_gets() {
    let pool = watched();
    pool.sign_in("ann");
    let id = events(&pool, "ann")[0]["EventId"].clone();
    let mut body = json!({
        "UserPoolId": pool.pool, "Username": "ann", "EventId": id, "FeedbackToken": "x", "FeedbackValue": "Valid",
    });
    assert_refused(pool.world.err("UpdateAuthEventFeedback", body.clone()), "Invalid feedback token");
    body["Username"] = json!("nobody");
    assert_eq!(pool.world.err("UpdateAuthEventFeedback", body.clone()).0, "UserNotFoundException");
    body["UserPoolId"] = json!("eu-west-1_Nowhere");
    assert_eq!(pool.world.err("UpdateAuthEventFeedback", body.clone()).0, "ResourceNotFoundException");
    body["FeedbackValue"] = json!("Perhaps");
    assert_eq!(pool.world.err("UpdateAuthEventFeedback", body).0, "InvalidParameterException");
}

#[test]
fn where_nothing_is_watched_there_are_no_events() {
    let world = World::new();
    let mut body = json!({ "UserPoolId": POOL, "Username": "alice" });
    assert_error(world.err("AdminListUserAuthEvents", body.clone()), "UserPoolAddOnNotEnabledException", OFF);
    (body["EventId"], body["FeedbackValue"]) = (json!("x"), json!("Valid"));
    assert_error(world.err("AdminUpdateAuthEventFeedback", body.clone()), "UserPoolAddOnNotEnabledException", OFF);
    body["FeedbackToken"] = json!("x");
    assert_error(world.err("UpdateAuthEventFeedback", body), "UserPoolAddOnNotEnabledException", OFF);
    let pool = watched();
    let nobody = json!({ "UserPoolId": pool.pool, "Username": "nobody" });
    assert_eq!(pool.world.err("AdminListUserAuthEvents", nobody).0, "UserNotFoundException");
}
