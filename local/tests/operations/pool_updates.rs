//! `UpdateUserPool`.
//!
//! Witnesses: botocore 1.44.8 ("If you don't provide a value for an attribute, Amazon Cognito sets it to its default value"); what was
//! measured at AWS to stay (go-to-k/cdkd#1982 and #2675); "The following features need to be disabled for the … pricing tier configured"
//! (hashicorp/terraform-provider-aws#40734, aws-amplify/amplify-backend#2805); "Please use TemporaryPasswordValidityDays …"
//! (crossplane-contrib/provider-aws#1533).

use serde_json::{Value, json};

use crate::world::{POOL, World, assert_error};

fn made(world: &World, mut settings: Value) -> Value {
    settings["PoolName"] = json!("p");
    world.ok("CreateUserPool", settings)["UserPool"]["Id"].take()
}

fn update(world: &World, pool: &Value, mut settings: Value) -> Value {
    settings["UserPoolId"] = pool.clone();
    world.ok("UpdateUserPool", settings);
    described(world, pool)
}

fn described(world: &World, pool: &Value) -> Value {
    world.ok("DescribeUserPool", json!({ "UserPoolId": pool }))["UserPool"].take()
}

#[test]
fn what_is_not_given_gets_its_default() {
    let world = World::new();
    let settings = json!({
        "AutoVerifiedAttributes": ["email"],
        "DeletionProtection": "ACTIVE",
        "UserPoolTier": "PLUS",
        "UserPoolTags": { "a": "b" },
        "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] },
        "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true },
        "EmailVerificationSubject": "subject",
        "EmailConfiguration": { "ReplyToEmailAddress": "a@example.com" },
        "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::000000000000:role/sns", "ExternalId": "x" },
        "SmsAuthenticationMessage": "code {####}",
    });
    let pool = made(&world, settings.clone());
    let before = described(&world, &pool);
    for (member, value) in settings.as_object().unwrap() {
        if !["EmailConfiguration", "AdminCreateUserConfig"].contains(&member.as_str()) {
            assert_eq!(&before[member], value, "{member}");
        }
    }
    let plain = described(&world, &made(&world, json!({})));
    let after = update(&world, &pool, json!({}));
    for member in settings.as_object().unwrap().keys() {
        assert_eq!(after[member], plain[member], "{member}");
    }
}

#[test]
fn policies_mfa_and_the_name_stay() {
    let world = World::new();
    let policies = json!({ "PasswordPolicy": { "MinimumLength": 12, "RequireSymbols": false } });
    let pool = made(&world, json!({ "Policies": policies }));
    let mfa = json!({ "UserPoolId": pool, "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } });
    world.ok("SetUserPoolMfaConfig", mfa);
    let before = described(&world, &pool);
    let after = update(&world, &pool, json!({ "AutoVerifiedAttributes": ["email"] }));
    for member in ["Policies", "MfaConfiguration", "Name"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    assert_eq!(after["MfaConfiguration"], "OPTIONAL");
    // A part of the policies that is given is replaced as a whole.
    let after =
        update(&world, &pool, json!({ "Policies": { "PasswordPolicy": { "RequireNumbers": true } }, "PoolName": "q" }));
    assert_eq!(after["Policies"]["PasswordPolicy"]["MinimumLength"], 8);
    assert_eq!(after["Policies"]["SignInPolicy"], before["Policies"]["SignInPolicy"]);
    assert_eq!(after["Name"], "q");
    let config = world.ok("GetUserPoolMfaConfig", json!({ "UserPoolId": pool }));
    assert_eq!(config["SoftwareTokenMfaConfiguration"], json!({ "Enabled": true }));
    assert_eq!(update(&world, &pool, json!({ "MfaConfiguration": "OFF" }))["MfaConfiguration"], "OFF");
    let without = made(&world, json!({}));
    let error = world.err("UpdateUserPool", json!({ "UserPoolId": without, "MfaConfiguration": "ON" }));
    assert_eq!(error.0, "InvalidParameterException", "there is no factor");
}

#[test]
fn what_cannot_be_changed_stays() {
    let world = World::new();
    let schema = json!([{ "Name": "badge", "AttributeDataType": "String", "Mutable": true }]);
    let settings =
        json!({ "AliasAttributes": ["email"], "UsernameConfiguration": { "CaseSensitive": false }, "Schema": schema });
    let pool = made(&world, settings);
    let before = described(&world, &pool);
    world.advance(60);
    let after = update(&world, &pool, json!({}));
    for member in ["AliasAttributes", "UsernameConfiguration", "SchemaAttributes", "CreationDate", "Arn", "Id"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    assert_eq!(after["LastModifiedDate"].as_f64(), before["CreationDate"].as_f64().map(|seconds| seconds + 60.0));
    let listed = world.ok("ListUserPools", json!({ "MaxResults": 60 }));
    let listed = listed["UserPools"].as_array().unwrap().iter().find(|listed| listed["Id"] == pool).unwrap();
    assert_eq!(listed["LastModifiedDate"], after["LastModifiedDate"]);
}

#[test]
fn new_settings_count_at_once() {
    let world = World::new();
    let before = described(&world, &json!(POOL));
    let user = json!({ "UserPoolId": POOL, "Username": "zoe", "TemporaryPassword": "Correct-Horse7!", "MessageAction": "SUPPRESS" });
    world.ok("AdminCreateUser", user);
    let strict = json!({ "Policies": { "PasswordPolicy": { "MinimumLength": 20 } } });
    update(&world, &json!(POOL), strict);
    let set = json!({ "UserPoolId": POOL, "Username": "zoe", "Password": "Correct-Horse7!", "Permanent": true });
    assert_eq!(world.err("AdminSetUserPassword", set).0, "InvalidPasswordException");
    // Everything else that the pool had can be passed back as it was described.
    let mut back = json!({});
    for member in
        ["Policies", "AutoVerifiedAttributes", "EmailConfiguration", "AdminCreateUserConfig", "AccountRecoverySetting"]
    {
        back[member] = before[member].clone();
    }
    let after = update(&world, &json!(POOL), back);
    assert_eq!(after["Policies"], before["Policies"]);
    assert_eq!(after["AdminCreateUserConfig"], before["AdminCreateUserConfig"]);
}

#[test]
fn a_plan_includes_what_it_includes() {
    let world = World::new();
    let history = json!({ "Policies": { "PasswordPolicy": { "PasswordHistorySize": 3 } } });
    let mut lite = history.clone();
    (lite["PoolName"], lite["UserPoolTier"]) = (json!("p"), json!("LITE"));
    let text = "The following features need to be disabled for the LITE pricing tier configured: Password History";
    assert_error(world.err("CreateUserPool", lite), "FeatureUnavailableInTierException", text);
    let pool = made(&world, history);
    let downgrade = json!({ "UserPoolId": pool, "UserPoolTier": "LITE" });
    assert_error(world.err("UpdateUserPool", downgrade), "FeatureUnavailableInTierException", text);
    assert_eq!(described(&world, &pool)["UserPoolTier"], "ESSENTIALS");
}

#[test]
fn the_two_names_of_a_temporary_passwords_life_agree() {
    let world = World::new();
    let config = |days: u64| json!({ "AdminCreateUserConfig": { "UnusedAccountValidityDays": days } });
    let days = |pool: &Value| {
        let shown = described(&world, pool);
        let policy = &shown["Policies"]["PasswordPolicy"];
        (
            policy["TemporaryPasswordValidityDays"].clone(),
            shown["AdminCreateUserConfig"]["UnusedAccountValidityDays"].clone(),
        )
    };
    assert_eq!(days(&made(&world, json!({}))), (json!(7), json!(7)));
    assert_eq!(days(&made(&world, config(3))), (json!(3), json!(3)));
    let mut both = config(3);
    (both["PoolName"], both["Policies"]) =
        (json!("p"), json!({ "PasswordPolicy": { "TemporaryPasswordValidityDays": 5 } }));
    let text = "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays";
    assert_error(world.err("CreateUserPool", both), "InvalidParameterException", text);
}

#[test]
fn what_would_have_an_effect_that_is_not_emulated_is_refused() {
    let world = World::new();
    let pool = made(&world, json!({}));
    for (settings, word) in [
        (json!({ "IssuerConfiguration": { "Type": "UPDATED" } }), "IssuerConfiguration UPDATED"),
        (json!({ "DcrConfiguration": { "OpenDcrEnabled": true } }), "dynamic client registration"),
        (json!({ "SmsConfiguration": { "ExternalId": "x" } }), "SnsCallerArn"),
    ] {
        let mut body = settings;
        body["UserPoolId"] = pool.clone();
        let (kind, text) = world.err("UpdateUserPool", body);
        assert_eq!(kind, "InvalidParameterException");
        assert!(text.contains(word), "{text}");
    }
    let kept = json!({
        "IssuerConfiguration": { "Type": "ORIGINAL" },
        "DcrConfiguration": { "EnableStatus": "Disabled", "AllowedScopes": ["a/b"] },
        "KeyConfiguration": { "KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": "arn:aws:kms:eu-west-1:000000000000:key/abc" },
    });
    let after = update(&world, &pool, kept.clone());
    for (member, value) in kept.as_object().unwrap() {
        assert_eq!(&after[member], value, "{member}");
    }
    // This one stays when it is not given (`UpdateUserPool$DcrConfiguration`).
    let after = update(&world, &pool, json!({}));
    assert_eq!(after["DcrConfiguration"], kept["DcrConfiguration"]);
    assert_eq!(after["KeyConfiguration"], Value::Null);
}

#[test]
fn tags_that_aws_keeps_to_itself_are_refused() {
    let world = World::new();
    let tags = json!({ "aws:x": "y" });
    let error = world.err("CreateUserPool", json!({ "PoolName": "p", "UserPoolTags": tags }));
    assert_eq!(error.0, "UserPoolTaggingException");
    let error = world.err("UpdateUserPool", json!({ "UserPoolId": POOL, "UserPoolTags": tags }));
    assert_eq!(error.0, "UserPoolTaggingException");
}

#[test]
fn invitations_have_the_pools_words() {
    let world = World::new();
    let template = json!({ "EmailSubject": "Come in", "EmailMessage": "{username}, try {####}.", "SMSMessage": "{####} for {username}" });
    let pool = made(&world, json!({ "AdminCreateUserConfig": { "InviteMessageTemplate": template } }));
    let shown = described(&world, &pool);
    assert_eq!(shown["AdminCreateUserConfig"]["InviteMessageTemplate"], template);
    let attributes = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];
    let attributes = attributes.map(|(name, value)| json!({ "Name": name, "Value": value }));
    world.ok(
        "AdminCreateUser",
        json!({
            "UserPoolId": pool, "Username": "zoe", "UserAttributes": attributes, "TemporaryPassword": "Correct-Horse7!",
            "DesiredDeliveryMediums": ["EMAIL", "SMS"],
        }),
    );
    let inbox = world.control("GET", "inbox", Value::Null);
    let texts: Vec<_> =
        inbox["messages"].as_array().unwrap().iter().map(|mail| (&mail["subject"], &mail["text"])).collect();
    let (subject, mail, sms) = (json!("Come in"), json!("zoe, try Correct-Horse7!."), json!("Correct-Horse7! for zoe"));
    assert_eq!(texts, [(&Value::Null, &sms), (&subject, &mail)]);
}
