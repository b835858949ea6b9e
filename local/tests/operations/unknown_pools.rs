//! What every operation of administrators says of a pool that is not there, and of a request that says nothing.

use serde_json::{Map, Value, json};

use crate::conformance::{IDENTITY_POOLS, Service, USER_POOLS, operations};
use crate::world::World;

/// A value that a shape allows, with its required members only.
fn sample(service: &Service, name: &str) -> Value {
    let shape = &service["shapes"][name];
    // The model does not say that these two are required.
    if name == "SchemaAttributeType" {
        return json!({ "Name": "a", "AttributeDataType": "String" });
    }
    match shape["type"].as_str().unwrap() {
        "structure" => {
            let required = shape["required"].as_array().into_iter().flatten().map(|member| member.as_str().unwrap());
            let sampled = required.map(|member| {
                let shape =
                    if member == "UserPoolId" { "UserPoolIdType" } else { shape["members"][member].as_str().unwrap() };
                (member.to_owned(), sample(service, shape))
            });
            Value::Object(sampled.collect::<Map<_, _>>())
        }
        "list" => json!([sample(service, shape["member"].as_str().unwrap())]),
        "map" => {
            let key = sample(service, shape["key"].as_str().unwrap()).as_str().unwrap().to_owned();
            json!({ key: sample(service, shape["value"].as_str().unwrap()) })
        }
        "boolean" => json!(true),
        "integer" | "long" => shape["min"].as_i64().unwrap_or(1).into(),
        "timestamp" => json!(1_762_419_903),
        "blob" => json!("AAAA"),
        "string" => match shape["enum"].as_array() {
            Some(choices) => choices[0].clone(),
            None => text(name).into(),
        },
        other => panic!("{name}: {other}"),
    }
}

fn text(shape: &str) -> &'static str {
    match shape {
        "UserPoolIdType" => "eu-west-1_NotThere1",
        "IdentityPoolId" | "IdentityId" => "eu-west-1:00000000-0000-4000-8000-00000000ffff",
        "ArnType" | "ARNString" => "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_NotThere1",
        "RoleType" => "authenticated",
        "RoleARN" => "arn:aws:iam::000000000000:role/abc",
        "ManagedLoginBrandingIdType" | "TermsIdType" | "UUID" => "00000000-0000-4000-8000-000000000000",
        "TermsNameType" => "privacy-policy",
        "URLPatternType" | "MetadataURLType" => "https://example.com/*",
        "LanguageIdType" => "cognito:default",
        "ClientSecretType" => "abcdefghijklmnopqrstuvwxyz",
        "PasswordType" => "Correct-Horse7!",
        "SessionType" => "abcdefghijklmnopqrstuvwxyz",
        "CIMDPolicyIdType" => "abc",
        "UserImportJobIdType" => "import-abc",
        "PreSignedUrlType" => "https://example.com/",
        "SessionIdType" => "tknabcdefghijklmnopqrstuvwxy",
        "DeviceKeyType" => "eu-west-1_00000000-0000-4000-8000-000000000000",
        _ => "abcdef",
    }
}

#[test]
fn a_user_pool_that_is_not_there_is_not_found() {
    let world = World::new();
    for operation in operations(&USER_POOLS) {
        let known = &USER_POOLS["operations"][operation];
        let Some(input) = known["input"].as_str() else { continue };
        let required = USER_POOLS["shapes"][input]["required"].as_array();
        let is_about_a_pool = required.into_iter().flatten().any(|member| member == "UserPoolId");
        if known["signed"] != true || !is_about_a_pool {
            continue;
        }
        let reply = world.call(operation, sample(&USER_POOLS, input));
        if reply.text("__type") == "UnknownOperationException" {
            continue;
        }
        let actual = (reply.text("__type"), reply.text("message"));
        let expected =
            ("ResourceNotFoundException".to_owned(), "User pool eu-west-1_NotThere1 does not exist.".to_owned());
        assert_eq!(actual, expected, "{operation}");
    }
}

#[test]
fn an_identity_pool_that_is_not_there_is_not_found() {
    let world = World::new();
    for operation in operations(&IDENTITY_POOLS) {
        let input = IDENTITY_POOLS["operations"][operation]["input"].as_str().unwrap();
        let required = IDENTITY_POOLS["shapes"][input]["required"].as_array();
        let names = |member: &str| required.into_iter().flatten().any(|name| name == member);
        if !names("IdentityPoolId") && !names("IdentityId") {
            continue;
        }
        let (kind, text) = world.identity_err(operation, sample(&IDENTITY_POOLS, input));
        assert_eq!(kind, "ResourceNotFoundException", "{operation}");
        let id = "'eu-west-1:00000000-0000-4000-8000-00000000ffff' not found.";
        assert!(text.ends_with(id), "{operation}: {text}");
    }
}

/// The operations that AWS's model says something of, with a request that is whole.
fn requests(error: &str) -> impl Iterator<Item = (&'static str, Value)> {
    operations(&USER_POOLS).filter_map(move |operation| {
        let known = &USER_POOLS["operations"][operation];
        let names_error = known["errors"].as_array().unwrap().iter().any(|name| name == error);
        let input = known["input"].as_str().filter(|_| names_error)?;
        Some((operation, sample(&USER_POOLS, input)))
    })
}

#[test]
fn a_user_who_is_not_there_is_not_found() {
    let world = World::new();
    let mut asked = 0;
    for (operation, mut body) in requests("UserNotFoundException") {
        // These name people in members of their own, make them, or have tests of their own.
        let others = [
            "AdminCreateUser",
            "AdminDisableProviderForUser",
            "AdminForgetDevice",
            "AdminGetDevice",
            "AdminInitiateAuth",
            "AdminLinkProviderForUser",
            "AdminListDevices",
            "AdminListUserAuthEvents",
            "AdminSetUserSettings",
            "AdminRespondToAuthChallenge",
            "AdminUpdateAuthEventFeedback",
            "AdminUpdateDeviceStatus",
            "UpdateAuthEventFeedback",
        ];
        if body["UserPoolId"].is_null() || body["Username"].is_null() || others.contains(&operation) {
            continue;
        }
        body["UserPoolId"] = json!(crate::world::POOL);
        body["Username"] = json!("nobody");
        let reply = world.call(operation, body);
        if reply.text("__type") == "UnknownOperationException" {
            continue;
        }
        asked += 1;
        assert_eq!(reply.text("__type"), "UserNotFoundException", "{operation}: {}", reply.body);
    }
    assert!(asked > 10, "{asked}");
}

#[test]
fn nobodys_identity_is_not_disabled() {
    let world = World::new();
    for (provider, attribute) in [("Cognito", "Cognito_Subject"), ("Google", "Cognito_Subject")] {
        let user =
            json!({ "ProviderName": provider, "ProviderAttributeName": attribute, "ProviderAttributeValue": "nobody" });
        let body = json!({ "UserPoolId": crate::world::POOL, "User": user });
        assert_eq!(world.err("AdminDisableProviderForUser", body).0, "UserNotFoundException", "{provider}");
    }
}

#[test]
fn a_token_that_is_none_or_whose_user_is_gone_is_refused() {
    let world = World::new();
    let token = world.sign_in(crate::world::WEB, "bob", "Battery-Staple8?")["AccessToken"].take();
    for gone in [false, true] {
        if gone {
            world.ok("AdminDeleteUser", json!({ "UserPoolId": crate::world::POOL, "Username": "bob" }));
        }
        let error = if gone { "UserNotFoundException" } else { "NotAuthorizedException" };
        let mut asked = 0;
        for (operation, mut body) in requests(error) {
            if body["AccessToken"].is_null() {
                continue;
            }
            body["AccessToken"] = if gone { token.clone() } else { json!("a.b.c") };
            asked += 1;
            let reply = world.call(operation, body);
            assert_eq!(reply.text("__type"), error, "{operation}: {}", reply.body);
        }
        assert!(asked > 10, "{asked}");
    }
}

#[test]
fn a_request_that_says_nothing_is_invalid() {
    let world = World::new();
    for operation in operations(&USER_POOLS) {
        let known = &USER_POOLS["operations"][operation];
        let input = known["input"].as_str().unwrap_or_default();
        let required = USER_POOLS["shapes"][input]["required"].as_array().map_or(0, Vec::len);
        let reply = world.call(operation, json!({}));
        if required > 0 && reply.text("__type") != "UnknownOperationException" {
            assert_eq!(reply.text("__type"), "InvalidParameterException", "{operation}");
            assert!(reply.text("message").contains("Member must not be null"), "{operation}");
        }
    }
}
