//! ChangePassword.

use serde_json::{Value, json};

use crate::world::{PASSWORD, WEB, World, assert_error, assert_refused, password_flow};

const NEW: &str = "Brand-New-2!";

fn change(token: &Value, previous: &str, proposed: &str) -> Value {
    json!({ "AccessToken": token, "PreviousPassword": previous, "ProposedPassword": proposed })
}

#[test]
fn who_knows_the_password_can_change_it() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let error = world.err("ChangePassword", change(&token, "Wrong-Horse7!", NEW));
    assert_refused(error, "Incorrect username or password.");
    let error = world.err("ChangePassword", change(&token, PASSWORD, "lower-case-1!"));
    let text = "Password did not conform with policy: Password must have uppercase characters";
    assert_error(error, "InvalidPasswordException", text);
    let error = world.err("ChangePassword", json!({ "AccessToken": token, "ProposedPassword": NEW }));
    assert_error(error, "InvalidParameterException", "Missing required parameter PreviousPassword");
    world.sign_in(WEB, "alice", PASSWORD);

    assert_eq!(world.ok("ChangePassword", change(&token, PASSWORD, NEW)), json!({}));
    world.sign_in(WEB, "alice", NEW);
    let error = world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_refused(error, "Incorrect username or password.");
    world.ok("GetUser", json!({ "AccessToken": token }));
}

#[test]
fn five_attempts_in_an_hour_are_allowed() {
    let world = World::new();
    let result = world.sign_in(WEB, "alice", PASSWORD);
    let attempt = |password| world.call("ChangePassword", change(&result["AccessToken"], password, NEW));
    (0..5).for_each(|_| assert_eq!(attempt("Wrong-Horse7!").text("__type"), "NotAuthorizedException"));
    assert_eq!(attempt(PASSWORD).text("__type"), "LimitExceededException");
    world.advance(3600);
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    world.ok("ChangePassword", change(&token, PASSWORD, NEW));
}

#[test]
fn a_token_is_needed() {
    let world = World::new();
    assert_refused(world.err("ChangePassword", change(&json!("x"), PASSWORD, NEW)), "Invalid Access Token");
}
