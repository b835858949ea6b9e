//! What all requests and replies have in common.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::conformance;
use crate::world::{POOL, WEB, World, service_request};

fn send(request: HttpRequest) -> (u16, String, String) {
    let http = World::new().emulator.handle(request);
    let body: Value = serde_json::from_slice(&http.body).unwrap();
    let text = |key: &str| body[key].as_str().unwrap().to_owned();
    (http.status, text("__type"), text("message"))
}

#[test]
fn errors_have_cognitos_form() {
    let world = World::new();
    let http = world.call("GetUser", json!({ "AccessToken": "x" })).http;
    assert_eq!(http.status, 400);
    for (name, value) in [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("x-amzn-ErrorType", "NotAuthorizedException:"),
        ("x-amzn-ErrorMessage", "Invalid Access Token"),
        ("Date", "Thu, 06 Nov 2025 09:05:03 GMT"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"),
    ] {
        assert_eq!(http.header(name), Some(value), "{name}");
    }
    assert_eq!(http.header("x-amzn-RequestId").map(str::len), Some(36));
    assert_eq!(
        serde_json::from_slice::<Value>(&http.body).unwrap(),
        json!({ "__type": "NotAuthorizedException", "message": "Invalid Access Token" })
    );
}

#[test]
fn error_headers_hold_one_line_of_ascii() {
    let world = World::new();
    let attributes = json!([{ "Name": "é\nx", "Value": "y" }]);
    let body = json!({ "ClientId": WEB, "Username": "u", "Password": "Correct-Horse7!", "UserAttributes": attributes });
    let http = world.call("SignUp", body).http;
    let header = http.header("x-amzn-ErrorMessage").unwrap();
    assert!(
        header.starts_with("Attributes did not conform") && header.bytes().all(|b| (b' '..=b'~').contains(&b)),
        "{header}"
    );
}

#[test]
fn operations_that_are_not_here_say_so() {
    let world = World::new();
    let (status, kind, text) = send(service_request("Nonsense", "{}"));
    assert_eq!(
        (status, kind.as_str(), text.as_str()),
        (400, "UnknownOperationException", "There is no operation Nonsense.")
    );
    let error = world.err("ListUserPoolReplicas", json!({ "UserPoolId": POOL }));
    assert_eq!(
        error,
        ("UnknownOperationException".into(), "poolpass-local does not support ListUserPoolReplicas yet.".into())
    );
    let mut request = service_request("GetUser", "{}");
    request.headers.retain(|(name, _)| name != "X-Amz-Target");
    assert_eq!(send(request).1, "UnknownOperationException");
    let mut request = service_request("GetUser", "{}");
    request
        .headers
        .iter_mut()
        .filter(|(name, _)| name == "X-Amz-Target")
        .for_each(|(_, value)| *value = "AWSAnotherService.GetId".into());
    assert_eq!(send(request).1, "UnknownOperationException");
}

#[test]
fn malformed_requests_are_refused() {
    for body in ["", "{", "[]", "\"x\"", "{\"AccessToken\":1}"] {
        assert_eq!(send(service_request("GetUser", body)).1, "SerializationException", "{body}");
    }
    let mut request = service_request("GetUser", "{}");
    request.headers[0].1 = "text/plain".into();
    assert_eq!(send(request).1, "UnknownOperationException");
    let (_, kind, text) = send(service_request("GetUser", "{}"));
    let expected = "1 validation error detected: Value null at 'accessToken' failed to satisfy constraint: Member must not be null";
    assert_eq!((kind.as_str(), text.as_str()), ("InvalidParameterException", expected));
    let (_, _, text) = send(service_request("InitiateAuth", r#"{"ClientId":"a b"}"#));
    assert!(text.starts_with("2 validation errors detected: "), "{text}");
}

#[test]
fn members_that_aws_does_not_know_are_refused_by_name() {
    let (_, kind, text) = send(service_request("GetUser", r#"{"AccessToken":"x","Nonsense":1}"#));
    assert!(kind == "InvalidParameterException" && text.contains("'nonsense'"), "{text}");
}

#[test]
fn members_for_triggers_and_analytics_are_accepted() {
    let world = World::new();
    let body = json!({
        "ClientId": WEB, "Username": "fred", "Password": "Correct-Horse7!", "ClientMetadata": { "a": "b" }, "ValidationData": [{ "Name": "c" }],
        "AnalyticsMetadata": { "AnalyticsEndpointId": "d" }, "UserContextData": { "EncodedData": "e" }, "SecretHash": null,
    });
    world.ok("SignUp", body);
}

#[test]
fn unknown_clients_are_told() {
    let world = World::new();
    for (operation, body) in [
        ("SignUp", json!({ "ClientId": "none", "Username": "a", "Password": "bb" })),
        ("ConfirmSignUp", json!({ "ClientId": "none", "Username": "a", "ConfirmationCode": "1" })),
        ("ResendConfirmationCode", json!({ "ClientId": "none", "Username": "a" })),
        ("ForgotPassword", json!({ "ClientId": "none", "Username": "a" })),
        (
            "ConfirmForgotPassword",
            json!({ "ClientId": "none", "Username": "a", "ConfirmationCode": "1", "Password": "bb" }),
        ),
        ("InitiateAuth", json!({ "ClientId": "none", "AuthFlow": "USER_SRP_AUTH" })),
        ("RespondToAuthChallenge", json!({ "ClientId": "none", "ChallengeName": "PASSWORD_VERIFIER" })),
        ("GetTokensFromRefreshToken", json!({ "ClientId": "none", "RefreshToken": "x" })),
    ] {
        let error = world.err(operation, body);
        assert_eq!(
            error,
            ("ResourceNotFoundException".into(), "User pool client none does not exist.".into()),
            "{operation}"
        );
    }
}

#[test]
fn every_operation_of_the_service_answers_an_empty_request() {
    let world = World::new();
    for operation in conformance::operations(&conformance::USER_POOLS) {
        let reply = world.call(operation, json!({}));
        assert_eq!(reply.http.status, 400, "{operation}");
        let kind = reply.text("__type");
        assert!(kind == "UnknownOperationException" || kind == "InvalidParameterException", "{operation}: {kind}");
    }
}

#[test]
fn challenges_that_are_not_here_say_so() {
    let world = World::new();
    let error = world.err("RespondToAuthChallenge", json!({ "ClientId": WEB, "ChallengeName": "ADMIN_NO_SRP_AUTH" }));
    assert!(error.1.contains("ADMIN_NO_SRP_AUTH"), "{error:?}");
}
