//! USER_PASSWORD_AUTH, and which flows a client allows.

use serde_json::json;

use crate::world::{PASSWORD, ROTATION, WEB, World, assert_error, assert_refused, claims, password_flow};

#[test]
fn the_right_password_signs_in_and_no_other() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    assert_eq!(result["TokenType"], "Bearer");
    assert_eq!(result["ExpiresIn"], 3600);
    assert_eq!(claims(&result["IdToken"])["cognito:username"], "alice");
    for wrong in ["Wrong-Horse7!", "correct-horse7!", "Correct-Horse7! "] {
        let error = world.err("InitiateAuth", password_flow(WEB, "alice", wrong));
        assert_refused(error, "Incorrect username or password.");
    }
}

#[test]
fn unknown_users_are_hidden_or_told() {
    let world = World::new();
    let error = world.err("InitiateAuth", password_flow(WEB, "nobody", PASSWORD));
    assert_refused(error, "Incorrect username or password.");
    let flows = json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] });
    let legacy = world.client(flows);
    let error = world.err("InitiateAuth", password_flow(&legacy, "nobody", PASSWORD));
    assert_error(error, "UserNotFoundException", "User does not exist.");
}

#[test]
fn only_allowed_flows_are_served() {
    let world = World::new();
    let srp_only = world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
    let text = "USER_PASSWORD_AUTH flow not enabled for this client";
    assert_error(
        world.err("InitiateAuth", password_flow(&srp_only, "alice", PASSWORD)),
        "InvalidParameterException",
        text,
    );
    let refresh =
        json!({ "AuthFlow": "REFRESH_TOKEN", "ClientId": ROTATION, "AuthParameters": { "REFRESH_TOKEN": "x" } });
    let text = "REFRESH_TOKEN_AUTH flow not enabled for this client";
    assert_error(world.err("InitiateAuth", refresh), "InvalidParameterException", text);
    for flow in ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] {
        let error = world.err("InitiateAuth", json!({ "AuthFlow": flow, "ClientId": WEB }));
        assert_error(error, "InvalidParameterException", "Initiate Auth method not supported.");
    }
}

#[test]
fn users_in_other_states_are_refused() {
    let world = World::new();
    let error = |name| world.err("InitiateAuth", password_flow(WEB, name, PASSWORD));
    assert_error(error("carol"), "UserNotConfirmedException", "User is not confirmed.");
    assert_refused(error("erin"), "User is disabled.");
}

#[test]
fn missing_parameters_and_sessions_are_refused() {
    let world = World::new();
    for name in ["USERNAME", "PASSWORD"] {
        let mut body = password_flow(WEB, "alice", PASSWORD);
        body["AuthParameters"].as_object_mut().unwrap().remove(name);
        let text = format!("Missing required parameter {name}");
        assert_error(world.err("InitiateAuth", body), "InvalidParameterException", &text);
    }
    let mut body = password_flow(WEB, "alice", PASSWORD);
    body["Session"] = json!("made-up-session-of-twenty-letters");
    assert!(world.err("InitiateAuth", body).1.contains("Session"));
}
