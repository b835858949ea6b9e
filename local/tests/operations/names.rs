//! Pools with other rules about names.

use poolpass_local::core::Config;
use serde_json::{Value, json};

use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, World, assert_error};

/// A pool with these settings and one client, `app`.
fn world(settings: &str) -> World {
    let config = format!(
        r#"Region = "us-east-1"
        [[UserPool]]
        Id = "us-east-1_Names"
        PoolName = "names"
        {settings}
        [[UserPool.Client]]
        ClientId = "app"
        ClientName = "app"
        ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]"#
    );
    World::with(Config::from_toml(&config).unwrap())
}

fn sign_up(name: &str, attributes: Value) -> Value {
    json!({ "ClientId": "app", "Username": name, "Password": PASSWORD, "UserAttributes": attributes })
}

fn confirm(world: &World, name: &str) {
    let code = world.code(&name.replace('+', "%2B"));
    world.ok("ConfirmSignUp", json!({ "ClientId": "app", "Username": name, "ConfirmationCode": code }));
}

#[test]
fn addresses_as_user_names_make_the_sub_the_internal_name() {
    let world = world(
        r#"UsernameAttributes = ["email"]
        AutoVerifiedAttributes = ["email"]
        UsernameConfiguration = { CaseSensitive = false }"#,
    );
    let sub = world.ok("SignUp", sign_up("zoe@example.com", json!([])))["UserSub"].take();
    let error = world.err("SignUp", sign_up("ZOE@example.com", json!([])));
    assert_error(error, "UsernameExistsException", "An account with the given email already exists.");
    let error = world.err("SignUp", sign_up("zoe", json!([])));
    assert_error(error, "InvalidParameterException", "Username should be an email.");
    confirm(&world, "zoe@example.com");

    let client = SrpClient { pool: "us-east-1_Names".into(), ..SrpClient::new("app", "zoe@example.com", PASSWORD) };
    let challenge = world.ok("InitiateAuth", client.start());
    assert_eq!(challenge["ChallengeParameters"]["USER_ID_FOR_SRP"], sub);
    let reply = world.ok("RespondToAuthChallenge", client.answer(&challenge, &crate::srp_client::now(&world)));
    let user = world.ok("GetUser", json!({ "AccessToken": reply["AuthenticationResult"]["AccessToken"] }));
    assert_eq!(user["Username"], sub);
    world.sign_in("app", sub.as_str().unwrap(), PASSWORD);
}

#[test]
fn phone_numbers_get_sms() {
    let world = world(
        r#"UsernameAttributes = ["phone_number", "email"]
        AutoVerifiedAttributes = ["phone_number", "email"]"#,
    );
    let reply = world.ok("SignUp", sign_up("+15551231234", json!([])));
    let details = json!({ "Destination": "+*******1234", "DeliveryMedium": "SMS", "AttributeName": "phone_number" });
    assert_eq!(reply["CodeDeliveryDetails"], details);
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"][0]["medium"], "SMS");
    confirm(&world, "+15551231234");
    world.sign_in("app", "+15551231234", PASSWORD);
    let error = world.err("SignUp", sign_up("zoe", json!([])));
    assert_error(error, "InvalidParameterException", "Username should be either an email or a phone number.");
}

#[test]
fn an_alias_cannot_be_a_user_name() {
    let world = world(r#"AliasAttributes = ["email", "phone_number"]"#);
    let text = "Username cannot be of email format, since user pool is configured for email alias.";
    assert_error(world.err("SignUp", sign_up("a@b.example", json!([]))), "InvalidParameterException", text);
    let text = "Username cannot be of phone number format, since user pool is configured for phone number alias.";
    assert_error(world.err("SignUp", sign_up("+15551231234", json!([]))), "InvalidParameterException", text);
}

#[test]
fn preferred_user_names_are_aliases_of_confirmed_users() {
    let world = world(
        r#"AliasAttributes = ["preferred_username", "email"]
        AutoVerifiedAttributes = ["email"]"#,
    );
    let nick =
        |email: &str| json!([{ "Name": "preferred_username", "Value": "nick" }, { "Name": "email", "Value": email }]);
    world.ok("SignUp", sign_up("one", nick("one@example.com")));
    world.ok("SignUp", sign_up("two", nick("two@example.com")));
    confirm(&world, "one");
    world.sign_in("app", "nick", PASSWORD);
    let code = world.code("two");
    let body = json!({ "ClientId": "app", "Username": "two", "ConfirmationCode": code });
    assert_eq!(world.err("ConfirmSignUp", body).0, "AliasExistsException");
}

#[test]
fn case_counts_unless_it_is_turned_off() {
    let world = world(r#"AutoVerifiedAttributes = ["email"]"#);
    world.ok("SignUp", sign_up("Zoe", json!([{ "Name": "email", "Value": "zoe@example.com" }])));
    world.ok("SignUp", sign_up("zoe", json!([{ "Name": "email", "Value": "other@example.com" }])));
    confirm(&world, "zoe@example.com".split('@').next().unwrap());
}

#[test]
fn administrators_only_means_no_sign_up() {
    let world = world("AdminCreateUserConfig = { AllowAdminCreateUserOnly = true }");
    let error = world.err("SignUp", sign_up("zoe", json!([])));
    assert_error(error, "NotAuthorizedException", "SignUp is not permitted for this user pool");
}

#[test]
fn required_and_custom_attributes_are_checked() {
    let world = world(
        r#"Schema = [
        { Name = "given_name", AttributeDataType = "String", Required = true, Mutable = true },
        { Name = "level", AttributeDataType = "Number", Mutable = true, NumberAttributeConstraints = { MinValue = "1", MaxValue = "9" } },
        { Name = "tag", AttributeDataType = "String", Mutable = true, StringAttributeConstraints = { MinLength = "2", MaxLength = "3" } },
        { Name = "vip", AttributeDataType = "Boolean", Mutable = true }]"#,
    );
    let attempt = |name: &str, value: &str| {
        let attributes = json!([{ "Name": "given_name", "Value": "Z" }, { "Name": name, "Value": value }]);
        world.call("SignUp", sign_up(&format!("user{name}{value}"), attributes)).http.status
    };
    let text = "Attributes did not conform to the schema: given_name: The attribute is required\n";
    assert_error(world.err("SignUp", sign_up("zoe", json!([]))), "InvalidParameterException", text);
    for (name, value, status) in [
        ("custom:level", "5", 200),
        ("custom:level", "0", 400),
        ("custom:level", "10", 400),
        ("custom:level", "x", 400),
        ("custom:level", "NaN", 400),
        ("custom:tag", "ab", 200),
        ("custom:tag", "a", 400),
        ("custom:tag", "abcd", 400),
        ("custom:vip", "true", 200),
        ("custom:vip", "yes", 400),
    ] {
        assert_eq!(attempt(name, value), status, "{name} {value}");
    }
}

#[test]
fn message_texts_are_the_pools() {
    let world = world(
        r#"AutoVerifiedAttributes = ["email"]
        VerificationMessageTemplate = { EmailSubject = "Hello", EmailMessage = "Type {####} please", DefaultEmailOption = "CONFIRM_WITH_CODE" }"#,
    );
    world.ok("SignUp", sign_up("zoe", json!([{ "Name": "email", "Value": "zoe@example.com" }])));
    let message = &world.control("GET", "inbox", Value::Null)["messages"][0];
    assert_eq!(message["subject"], "Hello");
    assert_eq!(message["text"], format!("Type {} please", message["code"].as_str().unwrap()));
}
