//! `poolpass-local import`. Witness of the documents: the examples and response syntax of the AWS CLI reference and of the API reference.

use poolpass_local::core::{Config, Emulator, Imported, ManualClock, import};
use serde_json::{Value, json};

use crate::world::{START_MS, World};

const ID: &str = "us-west-2_aaaaaaaaa";

/// As "describe-user-pool" of the AWS CLI Command Reference, with fewer standard attributes.
fn user_pool() -> Value {
    json!({ "UserPool": {
        "SmsVerificationMessage": "Your verification code is {####}. ",
        "SchemaAttributes": [
            { "Name": "sub", "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "2048" }, "DeveloperOnlyAttribute": false,
              "Required": true, "AttributeDataType": "String", "Mutable": false },
            { "Name": "name", "StringAttributeConstraints": { "MinLength": "0", "MaxLength": "2048" }, "DeveloperOnlyAttribute": false,
              "Required": false, "AttributeDataType": "String", "Mutable": true },
            { "Name": "email", "StringAttributeConstraints": { "MinLength": "0", "MaxLength": "2048" }, "DeveloperOnlyAttribute": false,
              "Required": true, "AttributeDataType": "String", "Mutable": true },
            { "Name": "custom:level", "NumberAttributeConstraints": { "MinValue": "1", "MaxValue": "9" }, "DeveloperOnlyAttribute": false,
              "Required": false, "AttributeDataType": "Number", "Mutable": true },
        ],
        "EmailVerificationSubject": "Your verification code",
        "MfaConfiguration": "OPTIONAL",
        "Name": "MyUserPool",
        "EmailVerificationMessage": "Your verification code is {####}. ",
        "LastModifiedDate": 1_547_763_720.822,
        "AdminCreateUserConfig": { "UnusedAccountValidityDays": 7, "AllowAdminCreateUserOnly": false },
        "EmailConfiguration": {},
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email"],
        "Policies": { "PasswordPolicy": { "RequireLowercase": true, "RequireSymbols": true, "RequireNumbers": true, "MinimumLength": 8, "RequireUppercase": true } },
        "UserPoolTags": { "team": "one" },
        "CreationDate": 1_547_763_720.822,
        "EstimatedNumberOfUsers": 1,
        "Arn": "arn:aws:cognito-idp:us-west-2:111111111111:userpool/us-west-2_aaaaaaaaa",
        "Id": ID,
        "Domain": "my-domain",
        "CustomDomain": "auth.example.com",
        "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-west-2:111111111111:function:sign-up" },
    } })
}

fn others() -> Vec<Value> {
    let provider = format!("cognito-idp.us-west-2.amazonaws.com/{ID}");
    vec![
        json!({ "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } }),
        json!({ "UserPoolClient": {
            "UserPoolId": ID, "ClientName": "myApp", "ClientId": "3n4b5urk1ft4fl3mg5e62d9ado", "LastModifiedDate": 1_548_178_931.258,
            "CreationDate": 1_548_178_931.258, "RefreshTokenValidity": 30, "ClientSecret": "q5ujgmqvhuas7r9r0tdv1l2o3b",
            "CallbackURLs": ["https://www.example.com"], "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "orders/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "SupportedIdentityProviders": ["COGNITO", "Example"],
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], "EnableTokenRevocation": true,
        } }),
        json!({ "Groups": [{ "GroupName": "MyGroup", "UserPoolId": ID, "Description": "This is my group", "Precedence": 1,
            "LastModifiedDate": 1_548_097_827.125, "CreationDate": 1_548_097_827.125 }] }),
        json!({ "Users": [
            { "Username": "7325c1de-b05b-4f84-b321-9adc6e61f4a2", "Enabled": true, "UserStatus": "FORCE_CHANGE_PASSWORD",
              "UserCreateDate": 1_548_099_495.428, "UserLastModifiedDate": 1_548_099_495.428,
              "Attributes": [{ "Name": "sub", "Value": "7325c1de-b05b-4f84-b321-9adc6e61f4a2" }, { "Name": "email", "Value": "diego@example.com" }] },
            { "Username": "2325c1de-b05b-4f84-b321-9adc6e61f4a2", "Enabled": true, "UserStatus": "CONFIRMED",
              "Attributes": [{ "Name": "sub", "Value": "2325c1de-b05b-4f84-b321-9adc6e61f4a2" }, { "Name": "email", "Value": "ana@example.com" },
                { "Name": "email_verified", "Value": "true" }, { "Name": "custom:level", "Value": "3" }] },
            { "Username": "odd", "Enabled": true, "UserStatus": "ARCHIVED" },
        ] }),
        json!({ "IdentityProvider": {
            "UserPoolId": ID, "ProviderName": "Example", "ProviderType": "OIDC", "LastModifiedDate": 1.0, "CreationDate": 1.0,
            "ProviderDetails": { "client_id": "1example23456789", "client_secret": "provider-app-client-secret", "authorize_scopes": "openid",
                "attributes_request_method": "GET", "oidc_issuer": "https://auth.example.com", "attributes_url_add_attributes": "false" },
            "AttributeMapping": { "email": "email", "username": "sub" },
        } }),
        json!({ "ResourceServer": { "UserPoolId": ID, "Identifier": "orders", "Name": "Orders",
            "Scopes": [{ "ScopeName": "read", "ScopeDescription": "Read orders" }] } }),
        json!({ "IdentityPoolId": "us-west-2:11111111-1111-1111-1111-111111111111", "IdentityPoolName": "MyIdentityPool",
            "AllowUnauthenticatedIdentities": true, "IdentityPoolTags": {},
            "CognitoIdentityProviders": [{ "ProviderName": provider, "ClientId": "3n4b5urk1ft4fl3mg5e62d9ado", "ServerSideTokenCheck": false }],
            "OpenIdConnectProviderARNs": ["arn:aws:iam::111111111111:oidc-provider/example.com"] }),
        json!({ "IdentityPoolId": "us-west-2:11111111-1111-1111-1111-111111111111",
            "Roles": { "authenticated": "arn:aws:iam::111111111111:role/mine" },
            "RoleMappings": { "example.com": { "Type": "Token", "AmbiguousRoleResolution": "Deny" } } }),
    ]
}

fn run(documents: Vec<Value>) -> Result<Imported, String> {
    let named =
        documents.into_iter().enumerate().map(|(index, document)| (format!("{index}.json"), document.to_string()));
    import(&named.collect::<Vec<_>>())
}

#[test]
fn what_the_cli_prints_becomes_pools_that_work() {
    let imported = run([vec![user_pool()], others()].concat()).unwrap_or_else(|error| panic!("{error}"));
    let clock = ManualClock::new(START_MS);
    let config = Config::from_toml(&imported.toml).unwrap();
    let world = World { emulator: Emulator::new(config, clock.clone(), Some(1)), clock };
    let ask = |operation: &str, body: Value| {
        let reply = world.call_in("us-west-2", operation, body);
        assert_eq!(reply.http.status, 200, "{operation}: {}", reply.body);
        reply.body
    };
    let pool = ask("DescribeUserPool", json!({ "UserPoolId": ID }))["UserPool"].take();
    for member in ["Name", "UsernameAttributes", "AutoVerifiedAttributes", "MfaConfiguration", "UserPoolTags", "Domain"]
    {
        assert_eq!(pool[member], user_pool()["UserPool"][member], "{member}");
    }
    let attributes = pool["SchemaAttributes"].as_array().unwrap();
    for expected in user_pool()["UserPool"]["SchemaAttributes"].as_array().unwrap() {
        assert!(attributes.contains(expected), "{expected}");
    }
    let client = json!({ "UserPoolId": ID, "ClientId": "3n4b5urk1ft4fl3mg5e62d9ado" });
    let client = ask("DescribeUserPoolClient", client)["UserPoolClient"].take();
    for (member, value) in others()[1]["UserPoolClient"].as_object().unwrap() {
        if !member.ends_with("Date") {
            assert_eq!(&client[member], value, "{member}");
        }
    }
    let provider = json!({ "UserPoolId": ID, "ProviderName": "Example" });
    assert_eq!(ask("DescribeIdentityProvider", provider)["IdentityProvider"]["ProviderType"], "OIDC");
    assert_eq!(ask("ListGroups", json!({ "UserPoolId": ID }))["Groups"][0]["GroupName"], "MyGroup");
    let users = ask("ListUsers", json!({ "UserPoolId": ID }))["Users"].take();
    let names: Vec<&str> = users.as_array().unwrap().iter().filter_map(|user| user["Username"].as_str()).collect();
    assert_eq!(names, ["2325c1de-b05b-4f84-b321-9adc6e61f4a2", "7325c1de-b05b-4f84-b321-9adc6e61f4a2"]);

    // As the notes say: a user signs in once a password is set.
    let password =
        json!({ "UserPoolId": ID, "Username": "ana@example.com", "Password": "Another-Horse7!", "Permanent": true });
    ask("AdminSetUserPassword", password);
    let notes = imported.notes.join("\n");
    for word in [
        "LambdaConfig",
        "CustomDomain",
        "admin-set-user-password",
        "ARCHIVED",
        "OpenIdConnectProviderARNs",
        "role mapping of example.com",
        "role/mine",
    ] {
        assert!(notes.contains(word), "{word}: {notes}");
    }
    assert!(!notes.contains("MFA is off"), "{notes}");
}

#[test]
fn users_without_passwords_are_refused_until_they_have_one() {
    let pool = user_pool();
    let mut pool = pool["UserPool"].clone();
    pool["UsernameAttributes"] = json!([]);
    let users = json!({ "Users": [{ "Username": "ana", "Enabled": true, "UserStatus": "CONFIRMED",
        "Attributes": [{ "Name": "email", "Value": "ana@example.com" }, { "Name": "email_verified", "Value": "true" }] }] });
    let client = json!({ "UserPoolClient": { "UserPoolId": ID, "ClientId": "client", "ClientName": "web", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] } });
    let imported = run(vec![json!({ "UserPool": pool }), users, client]).unwrap_or_else(|error| panic!("{error}"));
    assert!(imported.notes.iter().any(|note| note.contains("get-user-pool-mfa-config")), "{:?}", imported.notes);
    let clock = ManualClock::new(START_MS);
    let world =
        World { emulator: Emulator::new(Config::from_toml(&imported.toml).unwrap(), clock.clone(), Some(1)), clock };
    let flow = || crate::world::password_flow("client", "ana", "Another-Horse7!");
    assert_eq!(world.err("InitiateAuth", flow()).0, "NotAuthorizedException");
    world.ok("ForgotPassword", json!({ "ClientId": "client", "Username": "ana" }));
    let code = world.code("ana@example.com");
    world.ok(
        "ConfirmForgotPassword",
        json!({ "ClientId": "client", "Username": "ana", "ConfirmationCode": code, "Password": "Another-Horse7!" }),
    );
    world.ok("InitiateAuth", flow());
}

#[test]
fn documents_that_cannot_be_used_are_named() {
    for (documents, word) in [
        (vec![json!({ "Buckets": [] })], "0.json: it is not what one of the commands prints"),
        (vec![json!([])], "0.json: it is not a JSON object"),
        (vec![], "there is no pool"),
        (vec![others()[1].clone()], "but not what describe-user-pool prints"),
        (vec![others()[3].clone()], "give its describe-user-pool before them"),
        (
            vec![
                user_pool(),
                json!({ "IdentityPoolId": "eu-west-1:11111111-1111-1111-1111-111111111111", "IdentityPoolName": "x", "AllowUnauthenticatedIdentities": false }),
            ],
            "of several regions, eu-west-1, us-west-2",
        ),
    ] {
        let error = run(documents).err().unwrap();
        assert!(error.contains(word), "{error}");
    }
}
