//! Making and describing pools and clients.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, World, assert_error, password_flow};

#[test]
fn a_pool_from_nothing_serves_a_sign_in() {
    let world = World::new();
    let made =
        world.ok("CreateUserPool", json!({ "PoolName": "mine", "AutoVerifiedAttributes": ["email"] }))["UserPool"]
            .take();
    let id = made["Id"].as_str().unwrap();
    assert!(id.starts_with("eu-west-1_") && made["Name"] == "mine");
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH"]);
    let client =
        world.ok("CreateUserPoolClient", json!({ "UserPoolId": id, "ClientName": "c", "ExplicitAuthFlows": flows }));
    let client = client["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    world.ok("AdminCreateUser", json!({ "UserPoolId": id, "Username": "zoe" }));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": id, "Username": "zoe", "Password": PASSWORD, "Permanent": true }),
    );
    world.sign_in(&client, "zoe", PASSWORD);
    // Users live in one pool only.
    assert_eq!(world.err("InitiateAuth", password_flow(&client, "alice", PASSWORD)).0, "UserNotFoundException");
    let described = world.ok("DescribeUserPool", json!({ "UserPoolId": id }))["UserPool"].take();
    assert_eq!(described["EstimatedNumberOfUsers"], 1);
    assert_eq!(world.send("GET", &format!("/{id}/.well-known/jwks.json"), "").status, 200);
}

#[test]
fn descriptions_show_the_settings_and_aws_defaults() {
    let world = World::new();
    let pool = world.ok("DescribeUserPool", json!({ "UserPoolId": POOL }))["UserPool"].take();
    assert_eq!(pool["AliasAttributes"], json!(["email", "preferred_username"]));
    assert_eq!(pool["UsernameConfiguration"]["CaseSensitive"], false);
    let policy = &pool["Policies"]["PasswordPolicy"];
    assert_eq!((&policy["MinimumLength"], &policy["RequireSymbols"]), (&json!(8), &json!(true)));
    let schema = pool["SchemaAttributes"].as_array().unwrap();
    assert!(
        schema.iter().any(|attribute| attribute["Name"] == "sub"
            && attribute["Required"] == true
            && attribute["Mutable"] == false)
    );
    let made =
        world.ok("CreateUserPoolClient", json!({ "UserPoolId": POOL, "ClientName": "plain" }))["UserPoolClient"].take();
    for (key, value) in [
        ("ExplicitAuthFlows", json!(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"])),
        ("PreventUserExistenceErrors", json!("LEGACY")),
        ("RefreshTokenValidity", json!(30)),
        ("EnableTokenRevocation", json!(true)),
        ("AuthSessionValidity", json!(3)),
        ("UserPoolId", json!(POOL)),
    ] {
        assert_eq!(made[key], value, "{key}");
    }
    let described = world.ok("DescribeUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": made["ClientId"] }));
    assert_eq!(described["UserPoolClient"], made);
    let other = world.err("DescribeUserPoolClient", json!({ "UserPoolId": POOL, "ClientId": "nothing" }));
    assert_error(other, "ResourceNotFoundException", "User pool client nothing does not exist.");
}

#[test]
fn contradictions_are_refused() {
    let world = World::new();
    let pool = |settings: Value| {
        let mut body = settings;
        body["PoolName"] = json!("p");
        world.err("CreateUserPool", body).0
    };
    for settings in [
        json!({ "AliasAttributes": ["email"], "UsernameAttributes": ["email"] }),
        json!({ "MfaConfiguration": "ON" }),
        json!({ "Schema": [{ "Name": "x", "AttributeDataType": "String", "Required": true }] }),
        json!({ "Schema": [{ "Name": "email", "AttributeDataType": "String", "DeveloperOnlyAttribute": true }] }),
        json!({ "Schema": [{ "Name": "x", "AttributeDataType": "String" }, { "Name": "x", "AttributeDataType": "String" }] }),
        json!({ "Schema": [{ "Name": "email", "AttributeDataType": "Number" }] }),
    ] {
        assert_eq!(pool(settings.clone()), "InvalidParameterException", "{settings}");
    }
    let client = |settings: Value| {
        let mut body = settings;
        (body["UserPoolId"], body["ClientName"]) = (json!(POOL), json!("c"));
        world.err("CreateUserPoolClient", body).0
    };
    let rotation = json!({ "Feature": "ENABLED" });
    for settings in [
        json!({ "ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"] }),
        json!({ "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "RefreshTokenRotation": rotation }),
        json!({ "AccessTokenValidity": 299, "TokenValidityUnits": { "AccessToken": "seconds" } }),
        json!({ "IdTokenValidity": 25 }),
        json!({ "RefreshTokenValidity": 3651 }),
        json!({ "RefreshTokenValidity": 1, "AccessTokenValidity": 2, "TokenValidityUnits": { "RefreshToken": "hours" } }),
        json!({ "GenerateSecret": true, "ClientSecret": "abcdefghijklmnopqrstuvwxyz" }),
        json!({ "CallbackURLs": ["http://app.example.com/"] }),
    ] {
        assert_eq!(client(settings.clone()), "InvalidParameterException", "{settings}");
    }
}

#[test]
fn a_protected_pool_cannot_be_deleted() {
    let world = World::new();
    let make = |protection: &str| {
        world.ok("CreateUserPool", json!({ "PoolName": "p", "DeletionProtection": protection }))["UserPool"]["Id"]
            .take()
    };
    let (kept, gone) = (make("ACTIVE"), make("INACTIVE"));
    assert_eq!(world.err("DeleteUserPool", json!({ "UserPoolId": kept })).0, "InvalidParameterException");
    assert_eq!(world.ok("DeleteUserPool", json!({ "UserPoolId": gone })), Value::Null);
    assert_eq!(world.err("DescribeUserPool", json!({ "UserPoolId": gone })).0, "ResourceNotFoundException");
}

#[test]
fn a_client_may_say_that_it_does_without_hosted_ui() {
    let world = World::new();
    let body = |more: Value| {
        let mut body = json!({ "UserPoolId": POOL, "ClientName": "c" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let plain = json!({ "SupportedIdentityProviders": ["COGNITO"], "AllowedOAuthFlowsUserPoolClient": false });
    let made = world.ok("CreateUserPoolClient", body(plain))["UserPoolClient"].take();
    assert_eq!(made["SupportedIdentityProviders"], json!(["COGNITO"]));
    assert_eq!(made["AllowedOAuthFlowsUserPoolClient"], false);
    for more in
        [json!({ "SupportedIdentityProviders": ["Nobody"] }), json!({ "AllowedOAuthFlowsUserPoolClient": true })]
    {
        assert_eq!(world.err("CreateUserPoolClient", body(more)).0, "InvalidParameterException");
    }
}
