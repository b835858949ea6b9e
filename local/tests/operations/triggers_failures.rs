//! Functions that fail, are late, say nonsense or are not there.

use poolpass_local::core::{Config, OutboundError};
use serde_json::{Value, json};

use crate::functions::{Functions, arn, config};
use crate::triggers_sign_up::sign_up;
use crate::world::{POOL, World, assert_error};

const UNRECOGNIZABLE: &str = "Unrecognizable lambda output";

fn nobody(world: &World) {
    let error = world.err("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" }));
    assert_eq!(error.0, "UserNotFoundException");
}

#[test]
fn a_function_without_an_address_names_the_setting() {
    let text = config(&format!("PreSignUp = \"{}\"", arn("PreSignUp")), &[]);
    let (world, _) = Functions::configured(&text);
    let error = world.err("SignUp", sign_up("fred"));
    assert_eq!(error.0, "UnexpectedLambdaException");
    for part in ["PreSignUp", "[[Lambda]]", &arn("PreSignUp"), "Url = "] {
        assert!(error.1.contains(part), "{}", error.1);
    }
    nobody(&world);
}

#[test]
fn each_failure_has_its_error() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    let refused = "UserLambdaValidationException";
    let invalid = "InvalidLambdaResponseException";
    let event = || json!({ "version": "1", "response": {} });
    for (reply, kind, text) in [
        (Ok((200, json!({ "errorMessage": "no" }))), refused, "PreSignUp failed with error no."),
        (
            Ok((200, json!({ "errorType": "Sandbox.Timedout" }))),
            refused,
            "PreSignUp failed with error Sandbox.Timedout.",
        ),
        (Ok((500, json!({ "message": "broken" }))), refused, "PreSignUp failed with error broken."),
        (Ok((404, json!("<html>"))), refused, "PreSignUp failed with error status 404."),
        (Ok((200, json!("<html>"))), invalid, UNRECOGNIZABLE),
        (Ok((200, json!(""))), invalid, UNRECOGNIZABLE),
        (Ok((200, json!([]))), invalid, UNRECOGNIZABLE),
        (Ok((200, json!({}))), invalid, UNRECOGNIZABLE),
        (Ok((200, json!({ "response": null }))), invalid, UNRECOGNIZABLE),
        (Ok((200, json!({ "response": { "autoConfirmUser": "yes" } }))), invalid, UNRECOGNIZABLE),
        (Ok((302, event())), invalid, UNRECOGNIZABLE),
        (
            Err(OutboundError::Connection),
            "UnexpectedLambdaException",
            "PreSignUp invocation failed due to error the connection failed.",
        ),
        (
            Err(OutboundError::TooLarge),
            "UnexpectedLambdaException",
            "PreSignUp invocation failed due to error its answer is too large.",
        ),
    ] {
        functions.reply("PreSignUp", move |_| reply.clone());
        assert_error(world.err("SignUp", sign_up("fred")), kind, text);
        assert_eq!(functions.events().len(), 1, "{text}: asked once");
        nobody(&world);
    }
}

#[test]
fn who_is_late_is_asked_three_times() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    functions.reply("PreSignUp", |_| Err(OutboundError::Timeout));
    let text = "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.";
    assert_error(world.err("SignUp", sign_up("fred")), "UnexpectedLambdaException", text);
    let events = functions.events();
    assert!(events.len() == 3 && events.iter().all(|event| *event == events[0]), "the same event");
    nobody(&world);

    let mut calls = 0;
    functions.reply("PreSignUp", move |event| {
        calls += 1;
        if calls < 3 { Err(OutboundError::Timeout) } else { Ok((200, event.clone())) }
    });
    world.ok("SignUp", sign_up("fred"));
    assert_eq!(functions.events().len(), 3);
}

#[test]
fn who_is_told_afterwards_may_be_late_too() {
    let (world, functions) = Functions::world(&["PostConfirmation"]);
    world.ok("SignUp", sign_up("fred"));
    let mut calls = 0;
    functions.reply("PostConfirmation", move |event| {
        calls += 1;
        if calls < 2 { Err(OutboundError::Timeout) } else { Ok((200, event.clone())) }
    });
    world.ok("AdminConfirmSignUp", json!({ "UserPoolId": POOL, "Username": "fred" }));
    assert_eq!(functions.events().len(), 2);
    world.ok("SignUp", sign_up("gina"));
    functions.reply("PostConfirmation", |_| Err(OutboundError::Timeout));
    let error = world.err("AdminConfirmSignUp", json!({ "UserPoolId": POOL, "Username": "gina" }));
    assert_eq!(error.0, "UnexpectedLambdaException");
    assert_eq!(functions.events().len(), 3);
    functions.reply("PostConfirmation", |_| Ok((200, json!("?"))));
    world.ok("SignUp", sign_up("hugo"));
    let error = world.err("AdminConfirmSignUp", json!({ "UserPoolId": POOL, "Username": "hugo" }));
    assert_error(error, "InvalidLambdaResponseException", UNRECOGNIZABLE);
}

#[test]
fn the_configuration_is_checked() {
    for (lines, part) in [
        ("[[Lambda]]\nArn = \"arn:aws:lambda:x\"\nUrl = \"http://example.com/\"\n", "on this machine"),
        ("[[Lambda]]\nArn = \"x\"\nUrl = \"http://localhost/\"\n", "is not an ARN"),
        ("[[Lambda]]\nArn = \"arn:aws:lambda:x\"\n", "Url"),
        ("[[Lambda]]\nArn = \"arn:a\"\nUrl = \"http://localhost/\"\nUri = \"x\"\n", "Uri"),
        (
            "[[Lambda]]\nArn = \"arn:a\"\nUrl = \"http://localhost/\"\n[[Lambda]]\nArn = \"arn:a\"\nUrl = \"http://localhost/\"\n",
            "twice",
        ),
    ] {
        let text = format!("{}\n{lines}", poolpass_local::core::SEED);
        let error = Config::from_toml(&text).err().expect("an error").to_string();
        assert!(error.contains("Lambda") && error.contains(part), "{error}");
    }
}

#[test]
fn members_are_read_from_checked_requests_only() {
    let (world, functions) = Functions::world(&["PreSignUp"]);
    let mut body = sign_up("fred");
    body["ClientMetadata"] = json!({ "n": 1 });
    assert_eq!(world.err("SignUp", body.clone()).0, "SerializationException");
    body["ClientMetadata"] = Value::Null;
    body["ValidationData"] = json!([{ "Value": "no name" }]);
    assert_eq!(world.err("SignUp", body.clone()).0, "InvalidParameterException");
    assert!(functions.events().is_empty());
    body["ValidationData"] = json!([]);
    world.ok("SignUp", body);
    assert!(functions.event()["request"].get("clientMetadata").is_none());
}
