//! What pre token generation changes.

use serde_json::{Value, json};

use crate::functions::{Functions, arn, config};
use crate::oauth_client::refresh;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, claims, password_flow};

fn versioned(version: &str) -> (World, Functions) {
    let line = format!(
        "PreTokenGenerationConfig = {{ LambdaVersion = \"{version}\", LambdaArn = \"{}\" }}",
        arn("PreTokenGeneration")
    );
    Functions::configured(&config(&line, &["PreTokenGeneration"]))
}

fn sign_in(world: &World) -> (Value, Value) {
    let tokens = world.sign_in(WEB, "alice", PASSWORD);
    (claims(&tokens["IdToken"]), claims(&tokens["AccessToken"]))
}

#[test]
fn the_first_version_changes_the_id_token_and_the_groups_of_both() {
    let (world, functions) = Functions::world(&["PreTokenGeneration"]);
    let before = sign_in(&world);
    functions.respond("PreTokenGeneration", |_| {
        json!({ "claimsOverrideDetails": {
            "claimsToAddOrOverride": { "tenant": "blue", "email": "else@example.com", "sub": "someone", "iss": "x" },
            "claimsToSuppress": ["email_verified", "aud", "token_use"],
            "groupOverrideDetails": {
                "groupsToOverride": ["a", "b"], "iamRolesToOverride": ["arn:aws:iam::1:role/a"],
                "preferredRole": "arn:aws:iam::1:role/a",
            },
        } })
    });
    let (id, access) = sign_in(&world);
    assert_eq!((&id["tenant"], &id["email"]), (&json!("blue"), &json!("else@example.com")));
    assert!(id.get("email_verified").is_none());
    for name in ["sub", "iss", "aud", "token_use"] {
        assert_eq!(id[name], before.0[name], "{name} is fixed");
    }
    assert_eq!((&id["cognito:groups"], &access["cognito:groups"]), (&json!(["a", "b"]), &json!(["a", "b"])));
    assert_eq!(id["cognito:roles"], json!(["arn:aws:iam::1:role/a"]));
    assert_eq!(id["cognito:preferred_role"], "arn:aws:iam::1:role/a");
    assert!(access.get("tenant").is_none() && access.get("cognito:roles").is_none());
}

#[test]
fn groups_go_with_an_empty_override_and_stay_without_one() {
    let (world, functions) = Functions::world(&["PreTokenGeneration"]);
    for (details, groups) in [
        (json!({}), json!(["editors"])),
        (json!({ "groupOverrideDetails": null }), Value::Null),
        (json!({ "groupOverrideDetails": {} }), Value::Null),
        (json!({ "groupOverrideDetails": { "groupsToOverride": ["x"] } }), json!(["x"])),
    ] {
        functions.respond("PreTokenGeneration", move |_| json!({ "claimsOverrideDetails": details }));
        let (id, access) = sign_in(&world);
        assert_eq!((&id["cognito:groups"], &access["cognito:groups"]), (&groups, &groups));
    }
}

#[test]
fn the_second_version_changes_both_tokens_and_the_scopes() {
    let (world, functions) = versioned("V2_0");
    functions.respond("PreTokenGeneration", |event| {
        assert_eq!(event["version"], "2");
        assert_eq!(event["response"], json!({ "claimsAndScopeOverrideDetails": null }));
        json!({ "claimsAndScopeOverrideDetails": {
            "idTokenGeneration": { "claimsToAddOrOverride": { "address": { "city": "Ulm" } }, "claimsToSuppress": ["email"] },
            "accessTokenGeneration": {
                "claimsToAddOrOverride": { "level": 3, "roles": ["x", true], "scope": "all", "client_id": "y", "aud": "other" },
                "claimsToSuppress": ["cognito:groups", "username"],
                "scopesToAdd": ["notes/read", "aws.cognito.fake"], "scopesToSuppress": ["absent"],
            },
        } })
    });
    let (id, access) = sign_in(&world);
    assert_eq!((&id["address"], id.get("email")), (&json!({ "city": "Ulm" }), None));
    assert_eq!((&access["level"], &access["roles"]), (&json!(3), &json!(["x", true])));
    assert_eq!((&access["client_id"], &access["username"]), (&json!(WEB), &json!("alice")));
    assert_eq!(access["scope"], "aws.cognito.signin.user.admin notes/read");
    assert!(access.get("aud").is_none() && access.get("cognito:groups").is_none());
    assert_eq!(functions.events()[0]["request"]["scopes"], json!(["aws.cognito.signin.user.admin"]));

    // Without its scope, a token is no good for the API.
    functions.respond("PreTokenGeneration", |event| {
        let client = event["callerContext"]["clientId"].clone();
        json!({ "claimsAndScopeOverrideDetails": { "accessTokenGeneration": {
            "scopesToSuppress": ["aws.cognito.signin.user.admin"], "claimsToAddOrOverride": { "aud": client },
        } } })
    });
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    assert_eq!(claims(&token)["aud"], WEB);
    let text = "Access Token does not have required scopes";
    assert_error(world.err("GetUser", json!({ "AccessToken": token })), "NotAuthorizedException", text);
}

#[test]
fn the_pages_pass_the_scopes_that_the_app_asked_for() {
    let (world, functions) = versioned("V2_0");
    let tokens = world.oauth_sign_in(&[("scope", "openid notes/read")]);
    let event = functions.event();
    assert_eq!(event["triggerSource"], "TokenGeneration_HostedAuth");
    assert_eq!(event["request"]["scopes"], json!(["openid", "notes/read"]));
    functions.respond("PreTokenGeneration", |_| {
        json!({ "claimsAndScopeOverrideDetails": { "accessTokenGeneration": { "scopesToSuppress": ["notes/read"] } } })
    });
    let again = world.token(&refresh(WEB, &tokens["refresh_token"]));
    assert_eq!(claims(&again["access_token"])["scope"], "openid");
}

#[test]
fn clients_themselves_are_told_by_the_third_version_only() {
    for (version, told) in [("V2_0", false), ("V3_0", true)] {
        let (world, functions) = versioned(version);
        functions.respond("PreTokenGeneration", |_| {
            json!({ "claimsAndScopeOverrideDetails": { "accessTokenGeneration": {
                "claimsToAddOrOverride": { "machine": true }, "scopesToAdd": ["notes/write"],
            } } })
        });
        let made = world.ok(
            "CreateUserPoolClient",
            json!({
                "UserPoolId": POOL, "ClientName": "machine", "GenerateSecret": true,
                "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["notes/read"],
                "AllowedOAuthFlowsUserPoolClient": true,
            }),
        );
        let text = |name: &str| made["UserPoolClient"][name].as_str().unwrap().to_owned();
        let (id, secret) = (text("ClientId"), text("ClientSecret"));
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", id.as_str()),
            ("client_secret", &secret),
            ("aws_client_metadata", r#"{"tenant":"blue"}"#),
        ];
        let access = claims(&world.token(&form)["access_token"]);
        assert_eq!(access.get("machine").is_some(), told);
        assert_eq!(access["scope"], if told { "notes/read notes/write" } else { "notes/read" });
        if told {
            let event = functions.event();
            assert_eq!(event["triggerSource"], "TokenGeneration_ClientCredentials");
            assert_eq!((&event["version"], &event["userName"]), (&json!("3"), &json!(id)));
            assert_eq!(event["request"]["clientMetadata"], json!({ "tenant": "blue" }));
            assert_eq!(event["request"]["scopes"], json!(["notes/read"]));
        }
        let form = [form[0], form[1], form[2], ("aws_client_metadata", "[]")];
        assert_eq!(world.token_error(&form).0, "invalid_request");
    }
}

#[test]
fn nonsense_is_refused() {
    for (version, response) in [
        ("V1_0", json!({ "claimsOverrideDetails": "x" })),
        ("V1_0", json!({ "claimsOverrideDetails": { "claimsToAddOrOverride": { "n": 1 } } })),
        ("V1_0", json!({ "claimsOverrideDetails": { "claimsToSuppress": "email" } })),
        ("V1_0", json!({ "claimsOverrideDetails": { "groupOverrideDetails": [] } })),
        ("V2_0", json!({ "claimsAndScopeOverrideDetails": { "accessTokenGeneration": { "scopesToAdd": [1] } } })),
    ] {
        let (world, functions) = versioned(version);
        functions.respond("PreTokenGeneration", move |_| response.clone());
        let error = world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
        assert_error(error, "InvalidLambdaResponseException", "Unrecognizable lambda output");
    }
}
