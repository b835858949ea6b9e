//! Pre sign-up and post confirmation.

use poolpass_local::core::{Emulator, HttpResponse};
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};

use crate::browser::{Browser, authorize, with_path};
use crate::functions::Functions;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, password_flow, service_request, signature};

pub(crate) fn sign_up(name: &str) -> Value {
    let email = format!("{name}@example.com");
    json!({
        "ClientId": WEB, "Username": name, "Password": PASSWORD, "UserAttributes": [{ "Name": "email", "Value": email }],
        "ValidationData": [{ "Name": "invitation", "Value": "42" }], "ClientMetadata": { "app": "test" },
    })
}

fn user(world: &World, name: &str) -> Value {
    world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": name }))
}

fn attribute(user: &Value, name: &str) -> Value {
    let all = user["UserAttributes"].as_array().or(user["Attributes"].as_array()).unwrap();
    all.iter().find(|attribute| attribute["Name"] == name).map_or(Value::Null, |found| found["Value"].clone())
}

#[test]
fn the_event_of_a_sign_up_is_that_of_lambda() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    let reply = world.ok("SignUp", sign_up("fred"));
    assert_eq!(reply["UserConfirmed"], false);
    let expected = json!({
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "eu-west-1",
        "userPoolId": POOL,
        "userName": "fred",
        "callerContext": { "awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": WEB },
        "request": {
            "userAttributes": { "email": "fred@example.com" },
            "validationData": { "invitation": "42" },
            "clientMetadata": { "app": "test" },
        },
        "response": { "autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false },
    });
    assert_eq!(functions.event(), expected);
    assert!(!world.code("fred").is_empty(), "the sign-up goes its way");
}

#[test]
fn a_refused_sign_up_leaves_no_user() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    functions.refuse("PreSignUp", "Registration from this domain is not allowed");
    let text = "PreSignUp failed with error Registration from this domain is not allowed.";
    assert_error(world.err("SignUp", sign_up("fred")), "UserLambdaValidationException", text);
    let error = world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" }));
    assert_error(error, "UserNotFoundException", "User does not exist.");
    let inbox = world.control("GET", "inbox", Value::Null);
    assert_eq!(inbox["messages"], json!([]));
    functions.respond("PreSignUp", |event| event["response"].clone());
    world.ok("SignUp", sign_up("fred"));
    functions.events();
    let error = world.err("SignUp", sign_up("fred"));
    assert_eq!(error.0, "UsernameExistsException");
    assert!(functions.events().is_empty(), "nobody is asked about a name that is taken");
}

#[test]
fn a_function_confirms_and_verifies() {
    let (world, functions) = Functions::world(&["PreSignUp", "PostConfirmation"]);
    functions.respond("PreSignUp", |_| json!({ "autoConfirmUser": true, "autoVerifyEmail": true }));
    let reply = world.ok("SignUp", sign_up("fred"));
    assert_eq!((&reply["UserConfirmed"], &reply["CodeDeliveryDetails"]), (&json!(true), &Value::Null));
    let events = functions.events();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1]["triggerSource"], "PostConfirmation_ConfirmSignUp");
    let request = &events[1]["request"];
    assert_eq!(request["clientMetadata"], json!({ "app": "test" }));
    assert!(request.get("validationData").is_none());
    let told = &request["userAttributes"];
    assert_eq!((&told["email_verified"], &told["cognito:user_status"]), (&json!("true"), &json!("CONFIRMED")));
    assert_eq!(told["sub"], reply["UserSub"]);
    assert_eq!(attribute(&user(&world, "fred"), "email_verified"), "true");
    world.sign_in(WEB, "fred@example.com", PASSWORD);

    // The address goes over to the next one who is verified with it.
    let mut second = sign_up("frieda");
    second["UserAttributes"][0]["Value"] = json!("fred@example.com");
    world.ok("SignUp", second);
    assert_eq!(attribute(&user(&world, "fred"), "email_verified"), "false");
    let token = world.sign_in(WEB, "fred@example.com", PASSWORD)["AccessToken"].clone();
    assert_eq!(world.ok("GetUser", json!({ "AccessToken": token }))["Username"], "frieda");
}

#[test]
fn only_what_the_user_has_can_be_verified() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    functions.respond("PreSignUp", |_| json!({ "autoVerifyPhone": true }));
    assert_eq!(world.err("SignUp", sign_up("fred")).0, "InvalidLambdaResponseException");
    assert_eq!(world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" })).0, "UserNotFoundException");
    functions.respond("PreSignUp", |_| json!({ "autoVerifyEmail": true }));
    let reply = world.ok("SignUp", sign_up("fred"));
    assert_eq!(reply["UserConfirmed"], false, "verified, but not confirmed");
    assert_eq!(user(&world, "fred")["UserStatus"], "UNCONFIRMED");
}

#[test]
fn administrators_ask_too_but_nothing_is_confirmed() {
    let (world, functions) = Functions::world(&["PreSignUp", "PostConfirmation"]);
    functions
        .respond("PreSignUp", |_| json!({ "autoConfirmUser": true, "autoVerifyEmail": true, "autoVerifyPhone": true }));
    let create = json!({
        "UserPoolId": POOL, "Username": "fred", "UserAttributes": [{ "Name": "email", "Value": "fred@example.com" }],
        "ValidationData": [{ "Name": "desk", "Value": "3" }, { "Name": "empty" }], "ClientMetadata": { "by": "admin" },
    });
    let reply = world.ok("AdminCreateUser", create.clone());
    assert_eq!(reply["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    assert_eq!(attribute(&reply["User"], "email_verified"), Value::Null);
    let event = functions.event();
    assert_eq!(event["triggerSource"], "PreSignUp_AdminCreateUser");
    assert_eq!(event["callerContext"]["clientId"], "CLIENT_ID_NOT_APPLICABLE");
    assert_eq!(event["request"]["validationData"], json!({ "desk": "3", "empty": null }));
    assert_eq!(event["request"]["clientMetadata"], json!({ "by": "admin" }));
    functions.refuse("PreSignUp", "no");
    let mut other = create;
    other["Username"] = json!("frieda");
    other["UserAttributes"] = json!([]);
    let error = world.err("AdminCreateUser", other);
    assert_error(error, "UserLambdaValidationException", "PreSignUp failed with error no.");
    let error = world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "frieda" }));
    assert_eq!(error.0, "UserNotFoundException");
}

#[test]
fn confirmations_are_told_when_they_are_done() {
    let (world, functions) = Functions::world(&["PostConfirmation"]);
    world.ok("SignUp", sign_up("fred"));
    let confirm = |name: &str| {
        json!({
            "ClientId": WEB, "Username": name, "ConfirmationCode": world.code(name), "ClientMetadata": { "step": "2" },
        })
    };
    assert!(functions.events().is_empty());
    world.ok("ConfirmSignUp", confirm("fred"));
    let event = functions.event();
    assert_eq!(event["triggerSource"], "PostConfirmation_ConfirmSignUp");
    assert_eq!((&event["response"], &event["request"]["clientMetadata"]["step"]), (&json!({}), &json!("2")));
    world.ok("SignUp", sign_up("frieda"));
    world.ok("AdminConfirmSignUp", json!({ "UserPoolId": POOL, "Username": "frieda" }));
    let event = functions.event();
    assert_eq!(event["triggerSource"], "PostConfirmation_ConfirmSignUp");
    assert_eq!(
        (&event["userName"], &event["callerContext"]["clientId"]),
        (&json!("frieda"), &json!("CLIENT_ID_NOT_APPLICABLE"))
    );

    world.ok("ForgotPassword", json!({ "ClientId": WEB, "Username": "fred" }));
    let mut reset = confirm("fred");
    reset["Password"] = json!("Other-Horse7!");
    world.ok("ConfirmForgotPassword", reset);
    assert_eq!(functions.sources(), ["PostConfirmation_ConfirmForgotPassword"]);

    // A refusal comes too late to undo anything.
    functions.refuse("PostConfirmation", "sorry");
    world.ok("SignUp", sign_up("gina"));
    let error = world.err("ConfirmSignUp", confirm("gina"));
    assert_error(error, "UserLambdaValidationException", "PostConfirmation failed with error sorry.");
    assert_eq!(user(&world, "gina")["UserStatus"], "CONFIRMED");
}

/// Calls an operation of administrators from within a function.
fn call(emulator: &Emulator, operation: &str, body: &Value) -> HttpResponse {
    let mut request = service_request(operation, body.to_string());
    request.headers.push(("Authorization".into(), signature()));
    emulator.handle(request)
}

#[test]
fn functions_may_call_the_emulator() {
    let (world, functions) = Functions::world(&["PreSignUp", "PostConfirmation", "PostAuthentication"]);
    let world = Arc::new(world);
    let inside: Arc<OnceLock<std::sync::Weak<World>>> = Arc::default();
    inside.set(Arc::downgrade(&world)).map_err(drop).unwrap();
    functions.respond("PreSignUp", |_| json!({ "autoConfirmUser": true }));
    for (trigger, name) in [("PostConfirmation", "nickname"), ("PostAuthentication", "profile")] {
        let inside = inside.clone();
        functions.reply(trigger, move |event| {
            let world = inside.get().unwrap().upgrade().unwrap();
            let emulator = &world.emulator;
            // The user is there, and confirmed.
            let user = json!({ "UserPoolId": event["userPoolId"], "Username": event["userName"] });
            let found: Value = serde_json::from_slice(&call(emulator, "AdminGetUser", &user).body).unwrap();
            assert_eq!(found["UserStatus"], "CONFIRMED");
            let mut update = user;
            update["UserAttributes"] = json!([{ "Name": name, "Value": "set by a function" }]);
            let reply = call(emulator, "AdminUpdateUserAttributes", &update);
            Ok((200, if reply.status == 200 { event.clone() } else { json!({ "errorMessage": "update failed" }) }))
        });
    }
    let handle = |operation: &str, body: Value| {
        let reply = world.emulator.handle(service_request(operation, body.to_string()));
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    };
    handle("SignUp", sign_up("fred"));
    handle("InitiateAuth", password_flow(WEB, "fred", PASSWORD));
    let found = call(&world.emulator, "AdminGetUser", &json!({ "UserPoolId": POOL, "Username": "fred" }));
    let found: Value = serde_json::from_slice(&found.body).unwrap();
    for name in ["nickname", "profile"] {
        assert_eq!(attribute(&found, name), "set by a function", "{name}");
    }
}

#[test]
fn the_pages_ask_and_tell_too() {
    let (world, functions) = Functions::world(&["PreSignUp", "PostConfirmation"]);
    functions.refuse("PreSignUp", "go away");
    let mut browser = Browser::new(&world);
    browser.page(&authorize(&[]));
    let page = browser.page(&with_path("/signup", &[]));
    let filled = [("username", "fred"), ("email", "fred@example.com"), ("password", PASSWORD)];
    let page = browser.submit(&page, &filled).page();
    assert_eq!((page.status, page.problem().as_str()), (400, "PreSignUp failed with error go away."));
    let event = functions.event();
    assert_eq!(
        (&event["triggerSource"], &event["callerContext"]["clientId"]),
        (&json!("PreSignUp_SignUp"), &json!(WEB))
    );

    functions.respond("PreSignUp", |event| event["response"].clone());
    let page = browser.submit(&page, &filled).page();
    assert_eq!(page.path(), "/confirmUser");
    let address = browser.submit(&page, &[("code", &world.code("fred"))]).app();
    assert!(address.contains("code="), "{address}");
    assert_eq!(functions.sources(), ["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);

    // Who is confirmed at once is signed in at once.
    functions.respond("PreSignUp", |_| json!({ "autoConfirmUser": true }));
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/signup", &[]));
    let filled = [("username", "gina"), ("email", "gina@example.com"), ("password", PASSWORD)];
    assert!(browser.submit(&page, &filled).app().contains("code="));

    functions.refuse("PostConfirmation", "too late");
    functions.respond("PreSignUp", |event| event["response"].clone());
    let mut browser = Browser::new(&world);
    let page = browser.page(&with_path("/signup", &[]));
    let filled = [("username", "hugo"), ("email", "hugo@example.com"), ("password", PASSWORD)];
    let page = browser.submit(&page, &filled).page();
    let page = browser.submit(&page, &[("code", &world.code("hugo"))]).page();
    assert_eq!(page.status, 400);
    assert!(page.html.contains("PostConfirmation failed with error too late."));
    assert_eq!(user(&world, "hugo")["UserStatus"], "CONFIRMED");
}
