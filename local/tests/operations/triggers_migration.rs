//! User migration.

use serde_json::{Value, json};

use crate::browser::{Browser, authorize};
use crate::functions::Functions;
use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

const OLD: &str = "old password";

fn world() -> (World, Functions) {
    let (world, functions) = Functions::world(&["UserMigration"]);
    functions.reply("UserMigration", |event| {
        let mut event = event.clone();
        let known = event["userName"].as_str().unwrap().starts_with("fred");
        let password = event["request"].get("password").is_none_or(|password| password == OLD);
        if !known || !password {
            return Ok((200, json!({ "errorMessage": "Bad password" })));
        }
        event["response"] = json!({
            "userAttributes": { "email": "fred@example.com", "email_verified": "true", "name": "Fred" },
            "finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS",
        });
        Ok((200, event))
    });
    (world, functions)
}

fn legacy(world: &World) -> String {
    let flows = json!(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    world.client(json!({ "ExplicitAuthFlows": flows, "PreventUserExistenceErrors": "LEGACY" }))
}

fn user(world: &World, name: &str) -> Value {
    world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": name }))
}

#[test]
fn someone_unknown_signs_in_with_the_old_password() {
    let (world, functions) = world();
    let mut body = password_flow(WEB, "fred", OLD);
    body["ClientMetadata"] = json!({ "n": "1" });
    world.ok("InitiateAuth", body);
    let event = functions.event();
    assert_eq!((&event["triggerSource"], &event["userName"]), (&json!("UserMigration_Authentication"), &json!("fred")));
    assert_eq!(event["request"], json!({ "password": OLD, "validationData": { "n": "1" } }));
    assert!(event["response"]["userAttributes"].is_null());
    assert_eq!(user(&world, "fred")["UserStatus"], "CONFIRMED");
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
    // From now on the user is the pool's, by any flow.
    world.ok("InitiateAuth", password_flow(WEB, "fred@example.com", OLD));
    world.ok("RespondToAuthChallenge", SrpClient::new(WEB, "fred", OLD).challenged(&world));
    assert_refused(world.err("InitiateAuth", password_flow(WEB, "fred", "other")), "Incorrect username or password.");
    assert!(functions.events().is_empty());
}

#[test]
fn refusals_depend_on_what_the_client_may_tell() {
    let (world, functions) = world();
    let error = world.err("InitiateAuth", password_flow(WEB, "fred", "wrong"));
    assert_refused(error, "Incorrect username or password.");
    let open = legacy(&world);
    let error = world.err("InitiateAuth", password_flow(&open, "fred", "wrong"));
    assert_error(error, "UserNotFoundException", &format!("Exception migrating user in app client {open}"));
    let error = world.err("ForgotPassword", json!({ "ClientId": open, "Username": "george" }));
    assert_error(error, "UserNotFoundException", &format!("Exception migrating user in app client {open}"));
    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "george" }));
    functions.events();
    // Only passwords that the pool gets to see can migrate anyone.
    let error = world.err("InitiateAuth", SrpClient::new(&open, "fred", OLD).start());
    assert_error(error, "UserNotFoundException", "User does not exist.");
    assert!(functions.events().is_empty());
    assert_eq!(world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" })).0, "UserNotFoundException");
}

#[test]
fn a_forgotten_password_migrates_too() {
    let (world, functions) = world();
    let body = json!({ "ClientId": WEB, "Username": "fred", "ClientMetadata": { "n": "2" } });
    let reply = world.ok("ForgotPassword", body);
    assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "f***@e***");
    let event = functions.event();
    assert_eq!(event["triggerSource"], "UserMigration_ForgotPassword");
    assert_eq!(event["request"], json!({ "clientMetadata": { "n": "2" } }));
    let code = world.code("fred");
    let confirm = json!({ "ClientId": WEB, "Username": "fred", "ConfirmationCode": code, "Password": PASSWORD });
    world.ok("ConfirmForgotPassword", confirm);
    world.sign_in(WEB, "fred", PASSWORD);
}

#[test]
fn the_pages_migrate_too() {
    let (world, functions) = world();
    Browser::new(&world).sign_in(&authorize(&[]), "fred", OLD);
    assert_eq!(functions.sources(), ["UserMigration_Authentication"]);
}

#[test]
fn choice_based_sign_in_migrates_by_its_password() {
    let (world, functions) = world();
    let mut body = password_flow(WEB, "fred", OLD);
    body["AuthFlow"] = json!("USER_AUTH");
    body["AuthParameters"]["PREFERRED_CHALLENGE"] = json!("PASSWORD");
    assert!(world.ok("InitiateAuth", body)["AuthenticationResult"]["IdToken"].is_string());
    assert_eq!(functions.sources(), ["UserMigration_Authentication"]);
}

#[test]
fn the_response_decides_about_state_messages_and_aliases() {
    let (world, functions) = world();
    functions.respond(
        "UserMigration",
        |_| json!({ "userAttributes": { "email": "fred@example.com" }, "desiredDeliveryMediums": ["EMAIL"] }),
    );
    let error = world.err("InitiateAuth", password_flow(WEB, "fred", OLD));
    assert_eq!(error.0, "PasswordResetRequiredException");
    assert_eq!(user(&world, "fred")["UserStatus"], "RESET_REQUIRED");
    let welcome = world.control("GET", "inbox?to=fred", Value::Null)["messages"][0].clone();
    assert_eq!((&welcome["kind"], &welcome["to"]), (&json!("invite"), &json!("fred@example.com")));

    // An alias moves by force only.
    for force in [false, true] {
        functions.respond("UserMigration", move |_| {
            json!({
                "userAttributes": { "email": "alice@example.com", "email_verified": "true" },
                "finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS", "forceAliasCreation": force,
            })
        });
        let reply = world.call("InitiateAuth", password_flow(WEB, "alicia", OLD));
        assert_eq!(reply.http.status == 200, force, "{}", reply.body);
    }
    let alice = user(&world, "alice");
    assert!(
        alice["UserAttributes"].as_array().unwrap().contains(&json!({ "Name": "email_verified", "Value": "false" }))
    );

    // Who signs in by an alias gets the name from the function.
    functions.respond("UserMigration", |_| {
        json!({
            "userAttributes": { "username": "gina", "email": "gina@example.com", "email_verified": "true" },
            "finalUserStatus": "CONFIRMED", "messageAction": "SUPPRESS",
        })
    });
    world.ok("InitiateAuth", password_flow(WEB, "gina@example.com", OLD));
    assert_eq!(user(&world, "gina")["UserStatus"], "CONFIRMED");
}

#[test]
fn nonsense_is_refused() {
    let (world, functions) = world();
    for response in [
        json!({}),
        json!({ "userAttributes": {} }),
        json!({ "userAttributes": { "email": 1 } }),
        json!({ "userAttributes": { "name": "x" }, "finalUserStatus": "ARCHIVED" }),
        json!({ "userAttributes": { "name": "x" }, "forceAliasCreation": "yes" }),
    ] {
        functions.respond("UserMigration", move |_| response.clone());
        let error = world.err("InitiateAuth", password_flow(WEB, "fred", OLD));
        assert_eq!(error.0, "InvalidLambdaResponseException");
    }
    functions.respond("UserMigration", |_| json!({ "userAttributes": { "unknown": "x" } }));
    assert_eq!(world.err("InitiateAuth", password_flow(WEB, "fred", OLD)).0, "InvalidParameterException");
}
