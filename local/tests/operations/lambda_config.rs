//! Pools with Lambda triggers: the configuration is kept, and what would call a function fails.
//!
//! Witnesses: botocore 1.44.8, `LambdaConfigType`; Developer Guide, "Customizing user pool workflows with Lambda triggers".

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, password_flow};

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:000000000000:function:f";
const FAILED: &str = "UnexpectedLambdaException";

fn configure(world: &World, triggers: Value) {
    let update = json!({ "UserPoolId": POOL, "LambdaConfig": triggers, "AutoVerifiedAttributes": ["email"] });
    world.ok("UpdateUserPool", update);
}

#[test]
fn triggers_are_kept_and_taken_back() {
    let world = World::new();
    let triggers = json!({
        "PreSignUp": FUNCTION, "PreTokenGeneration": FUNCTION,
        "PreTokenGenerationConfig": { "LambdaVersion": "V2_0", "LambdaArn": FUNCTION },
        "CustomEmailSender": { "LambdaVersion": "V1_0", "LambdaArn": FUNCTION }, "KMSKeyID": "arn:aws:kms:eu-west-1:000000000000:key/k",
    });
    let described = || world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }))["UserPool"]["LambdaConfig"].take();
    configure(&world, triggers.clone());
    assert_eq!(described(), triggers);
    let listed = world.ok("ListUserPools", json!({ "MaxResults": 60 }));
    assert_eq!(listed["UserPools"][0]["LambdaConfig"], triggers);
    configure(&world, json!({}));
    assert_eq!(described(), json!({}));
    for triggers in [
        json!({ "CustomSMSSender": { "LambdaVersion": "V1_0", "LambdaArn": FUNCTION } }),
        json!({ "PreTokenGeneration": FUNCTION, "PreTokenGenerationConfig": { "LambdaVersion": "V1_0", "LambdaArn": format!("{FUNCTION}2") } }),
    ] {
        let update = json!({ "UserPoolId": POOL, "LambdaConfig": triggers });
        assert_eq!(world.err("UpdateUserPool", update).0, "InvalidParameterException");
    }
    let versioned = json!({ "PreTokenGenerationConfig": { "LambdaVersion": "V2_0", "LambdaArn": FUNCTION } });
    let lite = json!({ "UserPoolId": POOL, "UserPoolTier": "LITE", "LambdaConfig": versioned });
    assert_eq!(world.err("UpdateUserPool", lite).0, "FeatureUnavailableInTierException");
}

#[test]
fn what_would_call_a_function_fails() {
    let world = World::new();
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    let sign_up = json!({ "ClientId": WEB, "Username": "zoe", "Password": PASSWORD });
    let confirm = json!({ "ClientId": WEB, "Username": "carol", "ConfirmationCode": "123456" });
    let of_carol = json!({ "ClientId": WEB, "Username": "carol" });
    let admin = |username: &str| json!({ "UserPoolId": POOL, "Username": username });
    let mail = [json!({ "Name": "email", "Value": "new@example.com" })];
    let refresh = json!({ "ClientId": WEB, "RefreshToken": tokens["RefreshToken"] });
    let admin_sign_in = json!({
        "UserPoolId": POOL, "ClientId": WEB, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD },
    });
    let answer = json!({
        "ClientId": WEB, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": { "USERNAME": "alice" }, "Session": "x".repeat(20),
    });
    let mut admin_answer = answer.clone();
    admin_answer["UserPoolId"] = json!(POOL);
    let reset =
        json!({ "ClientId": WEB, "Username": "alice", "ConfirmationCode": "123456", "Password": "Other-Horse8!" });
    let update = json!({ "UserPoolId": POOL, "Username": "alice", "UserAttributes": mail });
    for (trigger, operation, body) in [
        ("PreSignUp", "SignUp", sign_up.clone()),
        ("PreSignUp", "AdminCreateUser", admin("max")),
        ("PostConfirmation", "ConfirmSignUp", confirm),
        ("PostConfirmation", "AdminConfirmSignUp", admin("carol")),
        ("PostConfirmation", "ConfirmForgotPassword", reset),
        ("CustomMessage", "ResendConfirmationCode", of_carol.clone()),
        ("CustomMessage", "ForgotPassword", of_carol),
        ("CustomMessage", "AdminResetUserPassword", admin("alice")),
        ("CustomMessage", "AdminUpdateUserAttributes", update),
        (
            "CustomMessage",
            "UpdateUserAttributes",
            json!({ "AccessToken": tokens["AccessToken"], "UserAttributes": mail }),
        ),
        (
            "CustomMessage",
            "GetUserAttributeVerificationCode",
            json!({ "AccessToken": tokens["AccessToken"], "AttributeName": "email" }),
        ),
        ("PreAuthentication", "InitiateAuth", password_flow(WEB, "alice", PASSWORD)),
        ("UserMigration", "AdminInitiateAuth", admin_sign_in),
        ("PostAuthentication", "RespondToAuthChallenge", answer),
        ("DefineAuthChallenge", "AdminRespondToAuthChallenge", admin_answer),
        ("PreTokenGeneration", "GetTokensFromRefreshToken", refresh),
    ] {
        configure(&world, json!({ trigger: FUNCTION }));
        let (kind, text) = world.err(operation, body);
        assert_eq!(kind, FAILED, "{operation}: {text}");
        assert!(text.starts_with(trigger), "{operation}: {text}");
    }
    // Others go on.
    configure(&world, json!({ "PostConfirmation": FUNCTION }));
    world.ok("SignUp", sign_up);
    world.sign_in(WEB, "alice", PASSWORD);
}

#[test]
fn the_hosted_ui_fails_as_well() {
    let world = World::new();
    configure(&world, json!({ "PreAuthentication": FUNCTION }));
    let query =
        format!("client_id={WEB}&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F&response_type=code&scope=openid");
    let page = world.send("GET", &format!("/oauth2/authorize?{query}"), "");
    let location = page.header("Location").unwrap();
    assert!(location.starts_with("http://localhost:3000/?error=server_error"), "{location}");
}
