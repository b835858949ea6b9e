//! Faults that tests order.

use poolpass_local::core::Delivery;
use serde_json::{Value, json};
use std::time::Duration;

use crate::tokens::verifies;
use crate::world::{PASSWORD, ROTATION, WEB, World, assert_error, password_flow};

fn order(world: &World, fault: Value) {
    world.control("POST", "faults", fault);
}

fn sign_up(name: &str) -> Value {
    json!({ "ClientId": WEB, "Username": name, "Password": PASSWORD })
}

#[test]
fn a_drop_before_does_no_work_and_a_drop_after_does_it() {
    let world = World::new();
    order(&world, json!({ "operation": "SignUp", "kind": "dropBefore" }));
    assert_eq!(world.call("SignUp", sign_up("zoe")).http.delivery, Delivery::Drop);
    world.ok("SignUp", sign_up("zoe"));
    order(&world, json!({ "operation": "SignUp", "kind": "dropAfter" }));
    assert_eq!(world.call("SignUp", sign_up("yan")).http.delivery, Delivery::Drop);
    assert_error(world.err("SignUp", sign_up("yan")), "UsernameExistsException", "User already exists");
}

#[test]
fn a_lost_reply_to_a_rotating_refresh_spends_the_token() {
    let world = World::new();
    let token = world.sign_in(ROTATION, "alice", PASSWORD)["RefreshToken"].take();
    let refresh = json!({ "RefreshToken": token, "ClientId": ROTATION });
    order(&world, json!({ "operation": "GetTokensFromRefreshToken", "kind": "dropAfter" }));
    world.call("GetTokensFromRefreshToken", refresh.clone());
    assert_eq!(world.err("GetTokensFromRefreshToken", refresh).0, "RefreshTokenReuseException");
}

#[test]
fn errors_come_as_ordered_and_as_often() {
    let world = World::new();
    order(
        &world,
        json!({ "operation": "InitiateAuth", "kind": "error", "status": 503, "type": "ServiceUnavailable", "message": "later", "times": 2 }),
    );
    assert_eq!(world.control("GET", "faults", Value::Null)["faults"][0]["times"], 2);
    for _ in 0..2 {
        let reply = world.call("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
        assert_eq!(
            (reply.http.status, reply.body),
            (503, json!({ "__type": "ServiceUnavailable", "message": "later" }))
        );
        assert_eq!(reply.http.header("x-amzn-ErrorType"), Some("ServiceUnavailable:"));
    }
    world.sign_in(WEB, "alice", PASSWORD);
    for (status, kind) in
        [(429, "TooManyRequestsException"), (500, "InternalErrorException"), (400, "InvalidParameterException")]
    {
        order(&world, json!({ "operation": "*", "kind": "error", "status": status }));
        let reply = world.call("GetUser", json!({ "AccessToken": "x" }));
        assert_eq!((reply.http.status, reply.text("__type").as_str()), (status, kind));
    }
    let log = world.control("GET", "requests", Value::Null);
    assert_eq!((&log["log"][0]["status"], &log["log"][0]["errorType"]), (&json!(503), &json!("ServiceUnavailable")));
}

#[test]
fn replies_can_be_late_cut_or_garbage() {
    let world = World::new();
    let call = || world.call("InitiateAuth", password_flow(WEB, "alice", PASSWORD)).http;
    order(&world, json!({ "operation": "InitiateAuth", "kind": "late", "delayMs": 250 }));
    let late = call();
    assert_eq!((late.status, late.delivery), (200, Delivery::Late(Duration::from_millis(250))));
    order(&world, json!({ "operation": "InitiateAuth", "kind": "truncate", "bytes": 10 }));
    assert_eq!(call().delivery, Delivery::Truncate(10));
    order(&world, json!({ "operation": "InitiateAuth", "kind": "truncate" }));
    let halved = call();
    assert_eq!(halved.delivery, Delivery::Truncate(halved.body.len() / 2));
    order(&world, json!({ "operation": "InitiateAuth", "kind": "truncate", "bytes": 1_000_000 }));
    let cut = call();
    assert_eq!(cut.delivery, Delivery::Truncate(cut.body.len() - 1));
    order(&world, json!({ "operation": "InitiateAuth", "kind": "garbage" }));
    let garbage = call();
    assert!(garbage.status == 200 && serde_json::from_slice::<Value>(&garbage.body).is_err());
}

#[test]
fn a_wrong_key_makes_tokens_that_do_not_verify() {
    let world = World::new();
    order(&world, json!({ "operation": "InitiateAuth", "kind": "wrongKey" }));
    let forged = world.sign_in(WEB, "alice", PASSWORD);
    let honest = world.sign_in(WEB, "alice", PASSWORD);
    for token in ["IdToken", "AccessToken"] {
        assert!(!verifies(&world, &forged[token]) && verifies(&world, &honest[token]), "{token}");
    }
    let error = world.err("GetUser", json!({ "AccessToken": forged["AccessToken"] }));
    assert_error(error, "NotAuthorizedException", "Invalid Access Token");
}

#[test]
fn faults_wait_for_their_operation_and_can_be_withdrawn() {
    let world = World::new();
    order(&world, json!({ "operation": "GetUser", "kind": "error" }));
    order(&world, json!({ "operation": "InitiateAuth", "kind": "error", "times": 9 }));
    assert_eq!(world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD)).1, "This fault was ordered.");
    world.control("DELETE", "faults", Value::Null);
    world.sign_in(WEB, "alice", PASSWORD);
    assert_eq!(world.control("GET", "faults", Value::Null), json!({ "faults": [] }));
}

#[test]
fn nonsense_is_refused() {
    let world = World::new();
    for wrong in [
        json!({}),
        json!({ "operation": "*", "kind": "explode" }),
        json!({ "operation": "*", "kind": "error", "times": 0 }),
        json!({ "operation": "*", "kind": "error", "status": 200 }),
        json!({ "operation": "*", "kind": "late" }),
        json!({ "operation": "*", "kind": "error", "delay": 1 }),
    ] {
        assert_eq!(world.send("POST", "/_poolpass/faults", &wrong.to_string()).status, 400, "{wrong}");
    }
}
