//! The API behind a Lambda authoriser: the built-in one, and a function of the app.

use poolpass_local::core::{
    Config, Delivery, Emulator, HttpResponse, ManualClock, Outbound, OutboundError, OutboundRequest, SEED,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

use crate::api_rest::{call, tokens};
use crate::world::{PASSWORD, START_MS, WEB, World};

#[test]
fn the_built_in_function_lets_the_group_in() {
    let world = World::new();
    let token =
        |user: &str, password: &str, kind: &str| world.sign_in(WEB, user, password)[kind].as_str().unwrap().to_owned();
    for kind in ["IdToken", "AccessToken"] {
        let (response, body) = call(&world, "PUT", "/api/lambda/notes/shared", Some(&token("alice", PASSWORD, kind)));
        assert_eq!((response.status, &body["authorizer"]["lambda"]["group"]), (200, &json!("editors")));
        let (response, body) =
            call(&world, "PUT", "/api/lambda/notes/shared", Some(&token("bob", "Battery-Staple8?", kind)));
        assert_eq!((response.status, body), (403, json!({ "message": "Forbidden" })));
    }
    for header in [None, Some("nonsense")] {
        let (response, body) = call(&world, "PUT", "/api/lambda/notes/shared", header);
        assert_eq!((response.status, body), (401, json!({ "message": "Unauthorized" })));
    }
}

/// A function that gives one answer and remembers its events.
#[derive(Clone, Default)]
struct Function(Arc<Mutex<(u16, Value, Vec<Value>)>>);

impl Outbound for Function {
    fn fetch(&self, request: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        assert_eq!((request.method, request.url.as_str()), ("POST", "http://localhost:7000/authorize"));
        let mut inner = self.0.lock().unwrap();
        inner.2.push(serde_json::from_slice(&request.body).unwrap());
        if inner.0 == 0 {
            return Err(OutboundError::Connection);
        }
        let body = inner.1.to_string().into();
        Ok(HttpResponse { status: inner.0, headers: Vec::new(), body, delivery: Delivery::Whole })
    }
}

impl Function {
    fn world(protocol: &str) -> (World, Self) {
        let own = "Type = \"LAMBDA\", Url = \"http://localhost:7000/authorize\"";
        let text = SEED.replacen("Type = \"LAMBDA\", Group = \"editors\"", own, 1);
        let text = text.replacen(
            "Name = \"lambda\"\nProtocolType = \"HTTP\"",
            &format!("Name = \"lambda\"\nProtocolType = \"{protocol}\""),
            1,
        );
        let (function, clock) = (Self::default(), ManualClock::new(START_MS));
        let emulator =
            Emulator::new(Config::from_toml(&text).unwrap(), clock.clone(), Some(1)).with_outbound(function.clone());
        (World { emulator, clock }, function)
    }

    fn answer(&self, status: u16, body: Value) {
        let mut inner = self.0.lock().unwrap();
        (inner.0, inner.1) = (status, body);
    }

    fn events(&self) -> Vec<Value> {
        self.0.lock().unwrap().2.clone()
    }
}

const PATH: &str = "/api/lambda/notes/shared";
const ARN: &str = "arn:aws:execute-api:eu-west-1:000000000000:lambda/local/PUT/notes/shared";

#[test]
fn a_function_is_asked_with_the_claims_and_obeyed() {
    let (world, function) = Function::world("HTTP");
    let (id, _) = tokens(&world);
    function.answer(200, json!({ "isAuthorized": true, "context": { "level": 3 } }));
    let (response, body) = call(&world, "PUT", PATH, Some(&id));
    assert_eq!((response.status, &body["authorizer"]), (200, &json!({ "lambda": { "level": 3 } })));
    let event = function.events().pop().unwrap();
    assert_eq!(
        (&event["type"], &event["methodArn"], &event["authorizationToken"]),
        (&json!("TOKEN"), &json!(ARN), &json!(id))
    );
    assert_eq!(event["claims"]["cognito:groups"], json!(["editors"]));
    function.answer(200, json!({ "isAuthorized": false }));
    let (response, body) = call(&world, "PUT", PATH, Some("a token of its own"));
    assert_eq!((response.status, body), (403, json!({ "message": "Forbidden" })));
    assert!(function.events().pop().unwrap()["claims"].is_null(), "claims only of tokens that verify");
    let asked = function.events().len();
    assert_eq!(call(&world, "PUT", PATH, None).0.status, 401);
    assert_eq!(call(&world, "PUT", "/api/lambda/other", Some(&id)).0.status, 404);
    assert_eq!(function.events().len(), asked, "nobody is asked for nothing");
}

#[test]
fn a_function_may_answer_with_a_policy() {
    let (world, function) = Function::world("REST");
    let policy = |effect: &str, resource: &str| {
        let statement = json!([{ "Effect": effect, "Action": "execute-api:Invoke", "Resource": resource }]);
        json!({ "principalId": "me", "policyDocument": { "Version": "2012-10-17", "Statement": statement } })
    };
    let denied = "User is not authorized to access this resource";
    for (answer, status, text) in [
        (policy("Allow", "arn:aws:execute-api:*:*:lambda/local/PUT/*"), 200, None),
        (policy("Allow", "arn:aws:execute-api:*:*:lambda/local/GET/*"), 403, Some(denied.to_owned())),
        (policy("Deny", ARN), 403, Some(format!("{denied} with an explicit deny"))),
    ] {
        function.answer(200, answer.clone());
        let (response, body) = call(&world, "PUT", PATH, Some("token"));
        assert_eq!(response.status, status, "{answer}: {body}");
        match text {
            None => assert_eq!(body["authorizer"]["lambda"]["principalId"], json!("me")),
            Some(text) => assert_eq!(body["Message"], json!(text)),
        }
    }
}

#[test]
fn a_function_that_fails_lets_nobody_in() {
    for (protocol, failure) in [("HTTP", json!("Internal Server Error")), ("REST", Value::Null)] {
        let (world, function) = Function::world(protocol);
        for (status, answer) in [
            (0, json!({})),
            (500, json!({ "isAuthorized": true })),
            (200, json!({})),
            (200, json!({ "isAuthorized": "true" })),
            (200, json!({ "isAuthorized": true, "context": [] })),
            (200, json!({ "principalId": "me", "policyDocument": {} })),
            (200, json!([])),
        ] {
            function.answer(status, answer.clone());
            let (response, body) = call(&world, "PUT", PATH, Some("token"));
            assert_eq!((response.status, &body["message"]), (500, &failure), "{status} {answer}");
        }
        function.answer(401, json!("Unauthorized"));
        let (response, body) = call(&world, "PUT", PATH, Some("token"));
        assert_eq!((response.status, body), (401, json!({ "message": "Unauthorized" })));
    }
}
