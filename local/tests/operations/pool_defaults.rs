//! What a user pool has that was given nothing but a name.
//!
//! Witnesses: Terraform's acceptance test `TestAccCognitoIDPUserPool_basic`, which runs at AWS; moto 5.2.5, `DEFAULT_USER_POOL_CONFIG`;
//! for the recovery AWS's reference of 2020 ("will default to verified_email first and verified_phone_number as the second option for
//! newly created user pools").

use serde_json::{Value, json};

use crate::world::{World, password_flow};

fn made(world: &World, settings: Value) -> Value {
    let mut body = settings;
    body["PoolName"] = json!("p");
    world.ok("CreateUserPool", body)["UserPool"].take()
}

#[test]
fn defaults_are_shown() {
    let world = World::new();
    let pool = made(&world, json!({}));
    let recovery = json!({ "RecoveryMechanisms": [
        { "Priority": 1, "Name": "verified_email" }, { "Priority": 2, "Name": "verified_phone_number" },
    ] });
    for (member, value) in [
        ("EmailConfiguration", json!({ "EmailSendingAccount": "COGNITO_DEFAULT" })),
        ("VerificationMessageTemplate", json!({ "DefaultEmailOption": "CONFIRM_WITH_CODE" })),
        ("AccountRecoverySetting", recovery),
        ("LambdaConfig", json!({})),
        ("MfaConfiguration", json!("OFF")),
        ("DeletionProtection", json!("INACTIVE")),
        ("UserPoolTier", json!("ESSENTIALS")),
    ] {
        assert_eq!(pool[member], value, "{member}");
    }
    assert_eq!(pool["Policies"]["SignInPolicy"], json!({ "AllowedFirstAuthFactors": ["PASSWORD"] }));
    let described = world.ok("DescribeUserPool", json!({ "UserPoolId": pool["Id"] }));
    assert_eq!(described["UserPool"], pool);
}

#[test]
fn settings_in_part_are_completed() {
    let world = World::new();
    let pool = made(
        &world,
        json!({
            "EmailConfiguration": { "ReplyToEmailAddress": "a@example.com" },
            "VerificationMessageTemplate": { "EmailSubject": "Your code" },
            "Policies": { "PasswordPolicy": { "MinimumLength": 9 } },
            "LambdaConfig": {},
        }),
    );
    let email = json!({ "ReplyToEmailAddress": "a@example.com", "EmailSendingAccount": "COGNITO_DEFAULT" });
    assert_eq!(pool["EmailConfiguration"], email);
    let template = json!({ "EmailSubject": "Your code", "DefaultEmailOption": "CONFIRM_WITH_CODE" });
    assert_eq!(pool["VerificationMessageTemplate"], template);
    assert_eq!(pool["Policies"]["SignInPolicy"], json!({ "AllowedFirstAuthFactors": ["PASSWORD"] }));
    let given = json!({ "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } } });
    assert_eq!(made(&world, given)["Policies"]["PasswordPolicy"]["RequireSymbols"], true);
}

#[test]
fn a_forgotten_password_goes_the_way_that_is_shown() {
    let world = World::new();
    let id = made(&world, json!({}))["Id"].take();
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH"]);
    let client = json!({ "UserPoolId": id, "ClientName": "c", "ExplicitAuthFlows": flows });
    let client = world.ok("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].take();
    let attributes = [
        ("email", "zoe@example.com"),
        ("email_verified", "true"),
        ("phone_number", "+15551234567"),
        ("phone_number_verified", "true"),
    ];
    let attributes = attributes.map(|(name, value)| json!({ "Name": name, "Value": value }));
    let zoe = json!({ "UserPoolId": id, "Username": "zoe", "UserAttributes": attributes, "MessageAction": "SUPPRESS" });
    world.ok("AdminCreateUser", zoe);
    let password = "Correct-Horse7!";
    let set = json!({ "UserPoolId": id, "Username": "zoe", "Password": password, "Permanent": true });
    world.ok("AdminSetUserPassword", set);
    world.ok("InitiateAuth", password_flow(client.as_str().unwrap(), "zoe", password));
    let reply = world.ok("ForgotPassword", json!({ "ClientId": client, "Username": "zoe" }));
    assert_eq!(reply["CodeDeliveryDetails"]["DeliveryMedium"], "EMAIL");
}
