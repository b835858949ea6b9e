//! Custom message, and the custom senders.

use serde_json::{Value, json};

use crate::functions::{Functions, arn, config};
use crate::triggers_sign_up::sign_up;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error};

fn newest(world: &World, to: &str) -> Value {
    world.control("GET", &format!("inbox?to={to}"), Value::Null)["messages"][0].clone()
}

fn named(name: &str) -> Value {
    json!({ "ClientId": WEB, "Username": name, "ClientMetadata": { "locale": "de" } })
}

fn invitation(name: &str, message: Option<&str>) -> Value {
    let mut body = json!({
        "UserPoolId": POOL, "Username": name, "TemporaryPassword": "Temporary-1!", "DesiredDeliveryMediums": ["EMAIL"],
        "UserAttributes": [{ "Name": "email", "Value": format!("{name}@example.com") }],
    });
    body["MessageAction"] = json!(message);
    body
}

#[test]
fn the_function_writes_every_message() {
    let (world, functions) = Functions::world(&["CustomMessage"]);
    functions.respond("CustomMessage", |event| {
        let request = &event["request"];
        let code = request["codeParameter"].as_str().unwrap();
        let username = request["usernameParameter"].as_str().unwrap_or("you");
        let source = event["triggerSource"].as_str().unwrap();
        json!({
            "emailSubject": source, "emailMessage": format!("{source} for {username}: {code}"), "smsMessage": null,
        })
    });
    let check = |source: &str, to: &str, name: &str, metadata: Value| {
        let message = newest(&world, to);
        let secret = message["code"].as_str().unwrap_or("Temporary-1!");
        assert_eq!(message["subject"], source);
        assert_eq!(message["text"], format!("{source} for {name}: {secret}"));
        let event = functions.event();
        assert_eq!((&event["triggerSource"], &event["request"]["clientMetadata"]), (&json!(source), &metadata));
        assert_eq!(event["request"]["codeParameter"], "{####}");
        assert_eq!(event["response"], json!({ "smsMessage": null, "emailMessage": null, "emailSubject": null }));
        assert!(event["request"]["userAttributes"]["sub"].is_string());
    };
    world.ok("SignUp", sign_up("fred"));
    check("CustomMessage_SignUp", "fred", "you", json!({ "app": "test" }));
    world.ok("ResendConfirmationCode", named("fred"));
    check("CustomMessage_ResendCode", "fred", "you", json!({ "locale": "de" }));
    world.ok("ConfirmSignUp", json!({ "ClientId": WEB, "Username": "fred", "ConfirmationCode": world.code("fred") }));
    world.ok("ForgotPassword", named("fred"));
    check("CustomMessage_ForgotPassword", "fred", "you", json!({ "locale": "de" }));
    let reset = json!({ "UserPoolId": POOL, "Username": "fred", "ClientMetadata": { "by": "admin" } });
    world.ok("AdminResetUserPassword", reset);
    check("CustomMessage_ForgotPassword", "fred", "you", json!({ "by": "admin" }));
    world.ok("AdminCreateUser", invitation("gina", None));
    check("CustomMessage_AdminCreateUser", "gina", "gina", Value::Null);
    world.ok("AdminCreateUser", invitation("gina", Some("RESEND")));
    check("CustomMessage_AdminCreateUser", "gina", "gina", Value::Null);
    world.ok("AdminCreateUser", invitation("hugo", Some("SUPPRESS")));
    assert!(functions.events().is_empty());

    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let attributes = json!([{ "Name": "email", "Value": "new@example.com" }]);
    let update = json!({ "AccessToken": token, "UserAttributes": attributes, "ClientMetadata": { "n": "1" } });
    world.ok("UpdateUserAttributes", update);
    check("CustomMessage_UpdateUserAttribute", "new@example.com", "you", json!({ "n": "1" }));
    let ask = json!({ "AccessToken": token, "AttributeName": "email", "ClientMetadata": { "n": "2" } });
    world.ok("GetUserAttributeVerificationCode", ask);
    check("CustomMessage_VerifyUserAttribute", "new@example.com", "you", json!({ "n": "2" }));
}

#[test]
fn what_the_function_leaves_out_stays() {
    let (world, functions) = Functions::world(&["CustomMessage"]);
    functions.respond("CustomMessage", |_| json!({ "smsMessage": "{####}", "emailSubject": "Hello" }));
    world.ok("SignUp", sign_up("fred"));
    let message = newest(&world, "fred");
    assert_eq!(message["subject"], "Hello");
    assert_eq!(message["text"], format!("Your confirmation code is {}", message["code"].as_str().unwrap()));
}

#[test]
fn messages_without_the_code_are_refused_when_the_user_is_there() {
    let (world, functions) = Functions::world(&["CustomMessage"]);
    functions.respond("CustomMessage", |_| json!({ "emailMessage": "Hello" }));
    let text = "The message of CustomMessage must contain {####}";
    assert_error(world.err("SignUp", sign_up("fred")), "InvalidLambdaResponseException", text);
    let user = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" }));
    assert_eq!(user["UserStatus"], "UNCONFIRMED");
    functions.respond("CustomMessage", |_| json!({ "emailMessage": "Hello {####}" }));
    let text = "The message of CustomMessage must contain {username}";
    assert_error(world.err("AdminCreateUser", invitation("gina", None)), "InvalidLambdaResponseException", text);
    functions.refuse("CustomMessage", "no paper");
    for operation in ["ResendConfirmationCode", "ForgotPassword"] {
        let name = if operation == "ForgotPassword" { "alice" } else { "fred" };
        let text = "CustomMessage failed with error no paper.";
        assert_error(world.err(operation, named(name)), "UserLambdaValidationException", text);
    }
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
}

/// A pool with codes as a second factor and both senders.
fn senders() -> (World, Functions) {
    let sender = |name: &str| format!("{name} = {{ LambdaVersion = \"V1_0\", LambdaArn = \"{}\" }}", arn(name));
    let lines = format!(
        "{}\n{}\nKMSKeyID = \"arn:aws:kms:eu-west-1:123456789012:key/1\"\nCustomMessage = \"{}\"",
        sender("CustomEmailSender"),
        sender("CustomSMSSender"),
        arn("CustomMessage")
    );
    Functions::configured(&config(&lines, &["CustomEmailSender", "CustomSMSSender", "CustomMessage"]))
}

#[test]
fn a_sender_gets_the_code_and_nothing_is_in_the_inbox() {
    let (world, functions) = senders();
    world.ok("SignUp", sign_up("fred"));
    let event = functions.event();
    assert_eq!(event["triggerSource"], "CustomEmailSender_SignUp");
    let request = &event["request"];
    assert_eq!(request["type"], "customEmailSenderRequestV1");
    assert_eq!(
        (&request["userAttributes"]["email"], &request["clientMetadata"]["app"]),
        (&json!("fred@example.com"), &json!("test"))
    );
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
    let code = request["code"].clone();
    world.ok("ConfirmSignUp", json!({ "ClientId": WEB, "Username": "fred", "ConfirmationCode": code }));
    world.ok("ForgotPassword", named("fred"));
    assert_eq!(functions.sources(), ["CustomEmailSender_ForgotPassword"]);
    let mut by_phone = invitation("gina", None);
    let phone = json!({ "Name": "phone_number", "Value": "+15551234567" });
    by_phone["UserAttributes"].as_array_mut().unwrap().push(phone);
    by_phone["DesiredDeliveryMediums"] = json!(["SMS", "EMAIL"]);
    world.ok("AdminCreateUser", by_phone);
    let events = functions.events();
    let sources: Vec<&str> = events.iter().map(|event| event["triggerSource"].as_str().unwrap()).collect();
    assert_eq!(sources, ["CustomSMSSender_AdminCreateUser", "CustomEmailSender_AdminCreateUser"]);
    assert_eq!(events[0]["request"]["type"], "customSMSSenderRequestV1");
    assert!(events.iter().all(|event| event["request"]["code"] == "Temporary-1!"));
}

#[test]
fn nobody_waits_for_a_sender() {
    let (world, functions) = senders();
    functions.refuse("CustomEmailSender", "out of stamps");
    world.ok("SignUp", sign_up("fred"));
    let text = config(
        &format!(
            "CustomEmailSender = {{ LambdaVersion = \"V1_0\", LambdaArn = \"{}\" }}\nKMSKeyID = \"{}\"",
            arn("CustomEmailSender"),
            arn("key")
        ),
        &[],
    );
    let (world, _) = Functions::configured(&text);
    assert_eq!(world.err("SignUp", sign_up("fred")).0, "UnexpectedLambdaException");
}

#[test]
fn codes_of_sign_ins_are_messages_too() {
    let (world, functions) = Functions::world(&["CustomMessage"]);
    let pool = world.ok(
        "CreateUserPool",
        json!({
            "PoolName": "codes", "LambdaConfig": { "CustomMessage": arn("CustomMessage") },
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } },
        }),
    );
    let pool_id = pool["UserPool"]["Id"].clone();
    let client = json!({ "UserPoolId": pool_id, "ClientName": "app", "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] });
    let client = world.ok("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].take();
    let mut body = invitation("dora", Some("SUPPRESS"));
    body["UserPoolId"] = pool_id.clone();
    world.ok("AdminCreateUser", body);
    let password = json!({ "UserPoolId": pool_id, "Username": "dora", "Password": PASSWORD, "Permanent": true });
    world.ok("AdminSetUserPassword", password);
    functions.respond("CustomMessage", |_| json!({ "emailMessage": "<b>{####}</b>" }));
    let begin = json!({
        "AuthFlow": "USER_AUTH", "ClientId": client, "ClientMetadata": { "n": "1" },
        "AuthParameters": { "USERNAME": "dora", "PREFERRED_CHALLENGE": "EMAIL_OTP" },
    });
    world.ok("InitiateAuth", begin);
    let event = functions.event();
    assert_eq!(event["triggerSource"], "CustomMessage_Authentication");
    assert!(event["request"].get("clientMetadata").is_none(), "InitiateAuth does not pass it on");
    let message = newest(&world, "dora");
    assert_eq!(message["text"], format!("<b>{}</b>", message["code"].as_str().unwrap()));
}

#[test]
fn a_link_has_its_own_placeholder() {
    let (world, functions) = Functions::configured(
        &config(&format!("CustomMessage = \"{}\"", arn("CustomMessage")), &["CustomMessage"]).replacen(
            "AutoVerifiedAttributes",
            "VerificationMessageTemplate = { DefaultEmailOption = \"CONFIRM_WITH_LINK\" }\nAutoVerifiedAttributes",
            1,
        ),
    );
    functions.respond(
        "CustomMessage",
        |event| json!({ "emailMessage": format!("Press {}", event["request"]["linkParameter"].as_str().unwrap()) }),
    );
    world.ok("SignUp", sign_up("fred"));
    let message = newest(&world, "fred");
    let text = message["text"].as_str().unwrap();
    assert!(text.starts_with("Press <a href=\"/confirmUser?") && text.ends_with(">Click Here</a>"), "{text}");
    assert!(text.contains(message["code"].as_str().unwrap()));
    functions.respond("CustomMessage", |_| json!({ "emailMessage": "{####}" }));
    let text = "The message of CustomMessage must contain {##Click Here##}";
    assert_error(world.err("SignUp", sign_up("gina")), "InvalidLambdaResponseException", text);
}
