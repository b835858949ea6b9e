//! Pre authentication, post authentication and pre token generation: their order, and what refuses.

use serde_json::{Value, json};

use crate::browser::{Browser, authorize};
use crate::functions::Functions;
use crate::oauth_client::{exchange, refresh};
use crate::srp_client::{SrpClient, now};
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, password_flow};

const ALL: [&str; 3] = ["PreAuthentication", "PostAuthentication", "PreTokenGeneration"];
const IN_ORDER: [&str; 3] =
    ["PreAuthentication_Authentication", "PostAuthentication_Authentication", "TokenGeneration_Authentication"];

fn with_metadata(mut body: Value) -> Value {
    body["ClientMetadata"] = json!({ "origin": "test" });
    body
}

#[test]
fn the_order_is_that_of_the_developer_guide() {
    let (world, functions) = Functions::world(&ALL);
    world.ok("InitiateAuth", with_metadata(password_flow(WEB, "alice", PASSWORD)));
    let events = functions.events();
    let sources: Vec<&str> = events.iter().map(|event| event["triggerSource"].as_str().unwrap()).collect();
    assert_eq!(sources, IN_ORDER);
    for event in &events {
        assert_eq!((&event["userName"], &event["callerContext"]["clientId"]), (&json!("alice"), &json!(WEB)));
        assert_eq!(event["request"]["userAttributes"]["cognito:user_status"], "CONFIRMED");
        assert!(event["request"].get("clientMetadata").is_none(), "InitiateAuth passes it as validation data only");
    }
    assert_eq!(events[0]["request"]["validationData"], json!({ "origin": "test" }));
    assert_eq!(events[0]["request"]["userNotFound"], false, "the client hides unknown users");
    assert!(events[1]["request"].get("validationData").is_none());
    assert_eq!(events[1]["request"]["newDeviceUsed"], false);
    assert_eq!(events[2]["response"], json!({ "claimsOverrideDetails": null }));
}

#[test]
fn srp_asks_before_the_challenge_and_tells_after_it() {
    let (world, functions) = Functions::world(&ALL);
    let srp = SrpClient::new(WEB, "alice", PASSWORD);
    let challenge = world.ok("InitiateAuth", srp.start());
    assert_eq!(functions.sources(), IN_ORDER[..1]);
    world.ok("RespondToAuthChallenge", with_metadata(srp.answer(&challenge, &now(&world))));
    let events = functions.events();
    assert_eq!(events.len(), 2);
    for event in &events {
        assert_eq!(event["request"]["clientMetadata"], json!({ "origin": "test" }));
    }
}

#[test]
fn tokens_say_what_they_are_made_for() {
    let (world, functions) = Functions::world(&["PreTokenGeneration"]);
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    functions.events();
    let again = json!({
        "AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": WEB, "AuthParameters": { "REFRESH_TOKEN": tokens["RefreshToken"] },
    });
    world.ok("InitiateAuth", with_metadata(again));
    let event = functions.event();
    assert_eq!(event["triggerSource"], "TokenGeneration_RefreshTokens");
    assert!(event["request"].get("clientMetadata").is_none());
    assert_eq!(event["request"]["groupConfiguration"]["groupsToOverride"], json!(["editors"]));

    let challenge = world.ok("InitiateAuth", password_flow(WEB, "dave", "Temporary-1!"));
    assert!(functions.events().is_empty());
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": WEB, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "dave", "NEW_PASSWORD": "Chosen-Horse7!" },
    });
    world.ok("RespondToAuthChallenge", with_metadata(answer));
    let event = functions.event();
    assert_eq!(event["triggerSource"], "TokenGeneration_NewPasswordChallenge");
    assert_eq!(event["request"]["clientMetadata"], json!({ "origin": "test" }));

    let tokens = world.oauth_sign_in(&[]);
    assert_eq!(functions.sources(), ["TokenGeneration_HostedAuth"]);
    world.token(&refresh(WEB, &tokens["refresh_token"]));
    assert_eq!(functions.sources(), ["TokenGeneration_RefreshTokens"]);
}

#[test]
fn tokens_from_a_refresh_token_that_rotates_pass_metadata_on() {
    let (world, functions) = Functions::world(&["PreTokenGeneration"]);
    let client = crate::world::ROTATION;
    let tokens = world.sign_in(client, "alice", PASSWORD);
    functions.events();
    let body = json!({ "ClientId": client, "RefreshToken": tokens["RefreshToken"] });
    functions.refuse("PreTokenGeneration", "not now");
    let error = world.err("GetTokensFromRefreshToken", body.clone());
    assert_error(error, "UserLambdaValidationException", "PreTokenGeneration failed with error not now.");
    functions.respond("PreTokenGeneration", |event| event["response"].clone());
    functions.events();
    world.ok("GetTokensFromRefreshToken", with_metadata(body));
    let event = functions.event();
    assert_eq!(event["request"]["clientMetadata"], json!({ "origin": "test" }));
}

#[test]
fn refusals_end_the_sign_in_where_they_happen() {
    for (refusing, asked) in [("PreAuthentication", 1), ("PostAuthentication", 2), ("PreTokenGeneration", 3)] {
        let (world, functions) = Functions::world(&ALL);
        functions.refuse(refusing, "Not today");
        let error = world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
        assert_error(error, "UserLambdaValidationException", &format!("{refusing} failed with error Not today."));
        assert_eq!(functions.events().len(), asked, "{refusing}");
        let mut browser = Browser::new(&world);
        let page = browser.page(&authorize(&[]));
        let landing = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]);
        if refusing == "PreTokenGeneration" {
            let code = landing.app();
            let code = crate::browser::parameters(&code)["code"].clone();
            let error = world.token_error(&exchange(WEB, &code));
            assert_eq!(error, ("invalid_request".into(), "PreTokenGeneration failed with error Not today.".into()));
        } else {
            let page = landing.page();
            assert_eq!(page.problem(), format!("{refusing} failed with error Not today."));
        }
    }
}

#[test]
fn wrong_passwords_are_asked_about_but_not_told() {
    let (world, functions) = Functions::world(&ALL);
    let error = world.err("InitiateAuth", password_flow(WEB, "alice", "Wrong-Horse7!"));
    assert_error(error, "NotAuthorizedException", "Incorrect username or password.");
    assert_eq!(functions.sources(), IN_ORDER[..1]);
}

#[test]
fn names_that_nobody_has_are_told_only_where_they_are_hidden() {
    let (world, functions) = Functions::world(&["PreAuthentication"]);
    world.err("InitiateAuth", password_flow(WEB, "nobody", PASSWORD));
    let event = functions.event();
    assert_eq!((&event["userName"], &event["request"]["userNotFound"]), (&json!("nobody"), &json!(true)));
    assert_eq!(event["request"]["userAttributes"], json!({}));
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    let open = world.client(json!({ "ExplicitAuthFlows": flows, "PreventUserExistenceErrors": "LEGACY" }));
    world.err("InitiateAuth", password_flow(&open, "nobody", PASSWORD));
    assert!(functions.events().is_empty());
    world.ok("InitiateAuth", password_flow(&open, "alice", PASSWORD));
    assert!(functions.event()["request"].get("userNotFound").is_none());
}

#[test]
fn pages_ask_and_tell_in_the_same_order() {
    let (world, functions) = Functions::world(&ALL);
    let tokens = world.oauth_sign_in(&[]);
    assert!(tokens["access_token"].is_string());
    assert_eq!(
        functions.sources(),
        ["PreAuthentication_Authentication", "PostAuthentication_Authentication", "TokenGeneration_HostedAuth"]
    );
}

/// A pool that remembers devices, beside the built-in one.
#[test]
fn a_new_device_is_told() {
    let (world, functions) = Functions::world(&["PostAuthentication"]);
    let arn = crate::functions::arn("PostAuthentication");
    let pool = world.ok(
        "CreateUserPool",
        json!({
            "PoolName": "devices", "LambdaConfig": { "PostAuthentication": arn },
            "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false },
        }),
    );
    let pool_id = pool["UserPool"]["Id"].clone();
    assert_eq!(pool["UserPool"]["LambdaConfig"], json!({ "PostAuthentication": arn }));
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    let client = world
        .ok("CreateUserPoolClient", json!({ "UserPoolId": pool_id, "ClientName": "app", "ExplicitAuthFlows": flows }));
    let client = client["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    world.ok("AdminCreateUser", json!({ "UserPoolId": pool_id, "Username": "dora", "MessageAction": "SUPPRESS" }));
    let password = json!({ "UserPoolId": pool_id, "Username": "dora", "Password": PASSWORD, "Permanent": true });
    world.ok("AdminSetUserPassword", password);
    let signed_in = world.sign_in(&client, "dora", PASSWORD);
    assert_eq!(functions.event()["request"]["newDeviceUsed"], true);
    let mut again = password_flow(&client, "dora", PASSWORD);
    again["AuthParameters"]["DEVICE_KEY"] = signed_in["NewDeviceMetadata"]["DeviceKey"].clone();
    // A device that nobody confirmed is not known yet.
    assert_eq!(world.err("InitiateAuth", again).0, "ResourceNotFoundException");
    assert_ne!(pool_id, POOL);
}

#[test]
fn administrators_sign_in_by_the_same_steps() {
    let (world, functions) = Functions::world(&ALL);
    let flows = json!(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    let client = world.client(json!({ "ExplicitAuthFlows": flows }));
    let mut body = password_flow(&client, "alice", PASSWORD);
    body["AuthFlow"] = json!("ADMIN_USER_PASSWORD_AUTH");
    body["UserPoolId"] = json!(POOL);
    world.ok("AdminInitiateAuth", with_metadata(body));
    let events = functions.events();
    assert_eq!(events.len(), 3);
    assert_eq!(events[0]["request"]["validationData"], json!({ "origin": "test" }));
    assert!(events.iter().all(|event| event["callerContext"]["clientId"] == json!(client)));
}

#[test]
fn what_was_configured_is_shown_and_changed() {
    let world = World::new();
    let arn = crate::functions::arn("x");
    let made = |config: Value| json!({ "PoolName": "made", "LambdaConfig": config });
    let versioned = |version: &str| json!({ "LambdaVersion": version, "LambdaArn": arn });
    let config = json!({
        "PreSignUp": arn, "PreTokenGeneration": arn, "PreTokenGenerationConfig": versioned("V2_0"), "KMSKeyID": arn,
        "CustomSMSSender": versioned("V1_0"), "CustomEmailSender": versioned("V1_0"), "InboundFederation": versioned("V1_0"),
        "UserMigration": arn, "CustomMessage": arn,
    });
    let pool = world.ok("CreateUserPool", made(config.clone()))["UserPool"].take();
    assert_eq!(pool["LambdaConfig"], config);
    let described = |world: &World| {
        world.ok("DescribeUserPool", json!({ "UserPoolId": pool["Id"] }))["UserPool"]["LambdaConfig"].clone()
    };
    assert_eq!(described(&world), config);
    world.ok("UpdateUserPool", json!({ "UserPoolId": pool["Id"], "LambdaConfig": { "PostConfirmation": arn } }));
    assert_eq!(described(&world), json!({ "PostConfirmation": arn }));
    world.ok("UpdateUserPool", json!({ "UserPoolId": pool["Id"] }));
    assert_eq!(described(&world), json!({}));
    for refused in [
        json!({ "CustomSMSSender": versioned("V1_0") }),
        json!({ "CustomEmailSender": versioned("V1_0") }),
        json!({ "PreTokenGeneration": crate::functions::arn("y"), "PreTokenGenerationConfig": versioned("V1_0") }),
        json!({ "InboundFederation": versioned("V2_0") }),
        json!({ "PreSignUp": "no ARN" }),
    ] {
        assert_eq!(world.err("CreateUserPool", made(refused)).0, "InvalidParameterException");
    }
    let mut lite = made(json!({ "PreTokenGenerationConfig": versioned("V3_0") }));
    lite["UserPoolTier"] = json!("LITE");
    assert_eq!(world.err("CreateUserPool", lite).0, "FeatureUnavailableInTierException");
}
