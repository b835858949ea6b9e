//! The control API.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, ROTATION, START_MS, WEB, World, assert_refused, password_flow};

#[test]
fn health_and_config_tell_what_is_there() {
    let world = World::new();
    assert_eq!(world.control("GET", "health", Value::Null)["status"], "ok");
    let config = world.control("GET", "config", Value::Null);
    assert_eq!((&config["region"], &config["endpoint"]), (&json!("eu-west-1"), &json!("http://localhost:9400")));
    let pool = &config["userPools"][0];
    assert_eq!(pool["userPoolId"], POOL);
    for (index, id, name, rotation) in [(0, WEB, "web", false), (1, ROTATION, "web-rotation", true)] {
        let client = &pool["clients"][index];
        assert_eq!((&client["clientId"], &client["name"]), (&json!(id), &json!(name)));
        assert_eq!((&client["rotation"], &client["oauth"]), (&json!(rotation), &json!(true)));
    }
    let alice = &pool["users"][0];
    for (key, value) in
        [("username", "alice"), ("password", PASSWORD), ("email", "alice@example.com"), ("status", "CONFIRMED")]
    {
        assert_eq!(alice[key], value, "{key}");
    }
}

#[test]
fn authenticator_apps_can_be_read() {
    let world = World::new();
    let totp = |query: &str| world.control("GET", &format!("totp?{query}"), Value::Null);
    let secret = world.totp_secret("frank");
    // The clock stands 3 seconds after the beginning of a step.
    let now = totp("user=frank");
    assert_eq!(now, totp(&format!("secret={secret}")));
    assert_eq!(now["secondsLeft"], 27);
    assert_eq!(now, totp(&format!("user=frank%40example.com&pool={POOL}")));
    world.control("POST", "clock", json!({ "advanceSeconds": 26 }));
    assert_eq!(totp("user=frank"), json!({ "code": now["code"], "secondsLeft": 1 }));
    world.control("POST", "clock", json!({ "advanceSeconds": 1 }));
    assert_ne!(totp("user=frank")["code"], now["code"]);
    assert_eq!(totp("user=frank")["secondsLeft"], 30);

    let before = totp("user=frank");
    world.sign_in_with_totp("frank", PASSWORD, before["code"].as_str().unwrap());
    let after = totp("user=frank");
    assert!(after["code"] != before["code"] && after["secondsLeft"] == 60, "a used code makes way for the next");
    world.sign_in_with_totp("frank", PASSWORD, after["code"].as_str().unwrap());

    for (query, status) in [
        ("user=alice", 404),
        ("user=nobody", 404),
        ("user=frank&pool=eu-west-1_Other", 404),
        ("", 400),
        ("secret=short", 400),
        ("secret=11111111111111111111", 400),
        ("user=frank&secret=ABCDEFGHIJKLMNOP", 400),
    ] {
        assert_eq!(world.send("GET", &format!("/_poolpass/totp?{query}"), "").status, status, "{query}");
    }
    assert_eq!(world.send("POST", "/_poolpass/totp?user=frank", "").status, 405);
}

#[test]
fn only_passwords_of_the_configuration_are_shown_and_only_while_they_hold() {
    let world = World::new();
    world.ok("SignUp", json!({ "ClientId": WEB, "Username": "zoe", "Password": "Secret-Horse9!" }));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": POOL, "Username": "alice", "Password": "Secret-Horse9!", "Permanent": true }),
    );
    let config = world.control("GET", "config", Value::Null);
    let users = config["userPools"][0]["users"].as_array().unwrap();
    for name in ["alice", "zoe"] {
        let user = users.iter().find(|user| user["username"] == name).unwrap();
        assert_eq!(user["password"], Value::Null, "{name}");
    }
    for path in ["/_poolpass/config", "/_poolpass/requests", "/_poolpass/inbox", "/"] {
        let text = String::from_utf8(world.send("GET", path, "").body).unwrap();
        assert!(!text.contains("Secret-Horse9!"), "{path}");
    }
}

#[test]
fn the_clock_moves_everything() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let moved = world.control("POST", "clock", json!({ "advanceSeconds": 3600 }));
    assert_eq!(moved, json!({ "nowMs": START_MS + 3_600_000, "offsetMs": 3_600_000 }));
    let reply = world.call("GetUser", json!({ "AccessToken": token }));
    assert_eq!(reply.text("message"), "Access Token has expired");
    assert_eq!(reply.http.header("Date"), Some("Thu, 06 Nov 2025 10:05:03 GMT"));
    assert_eq!(world.control("POST", "clock", json!({ "setMs": START_MS - 1 }))["offsetMs"], -1);
    assert_eq!(world.control("GET", "clock", Value::Null)["nowMs"], START_MS - 1);
    assert_eq!(world.control("POST", "clock", json!({ "reset": true }))["offsetMs"], 0);
    world.ok("GetUser", json!({ "AccessToken": token }));
    for wrong in [
        "",
        "{}",
        r#"{"advanceSeconds":1,"setMs":2}"#,
        r#"{"forward":1}"#,
        r#"{"advanceSeconds":"1"}"#,
        r#"{"reset":false}"#,
    ] {
        assert_eq!(world.send("POST", "/_poolpass/clock", wrong).status, 400, "{wrong}");
    }
}

#[test]
fn requests_are_counted_and_their_content_is_not_kept() {
    let world = World::new();
    world.sign_in(WEB, "alice", PASSWORD);
    world.err("InitiateAuth", password_flow(WEB, "alice", "Wrong-Horse7!"));
    world.call("GetUser", json!({ "AccessToken": "x" }));
    let log = world.control("GET", "requests", Value::Null);
    assert_eq!(log["total"], 3);
    assert_eq!(log["byOperation"], json!({ "InitiateAuth": 2, "GetUser": 1 }));
    let expected = json!([
        { "operation": "InitiateAuth", "clientId": WEB, "atMs": START_MS, "status": 200 },
        { "operation": "InitiateAuth", "clientId": WEB, "atMs": START_MS, "status": 400, "errorType": "NotAuthorizedException" },
        { "operation": "GetUser", "atMs": START_MS, "status": 400, "errorType": "NotAuthorizedException" },
    ]);
    assert_eq!(log["log"], expected);
    world.control("DELETE", "requests", Value::Null);
    assert_eq!(world.control("GET", "requests", Value::Null), json!({ "total": 0, "byOperation": {}, "log": [] }));
    (0..205).for_each(|_| drop(world.call("GetUser", json!({ "AccessToken": "x" }))));
    let log = world.control("GET", "requests", Value::Null);
    assert_eq!((&log["total"], log["log"].as_array().unwrap().len()), (&json!(205), 200));
}

#[test]
fn the_inbox_can_be_searched_and_emptied() {
    let world = World::new();
    for name in ["ann", "ben"] {
        let attributes = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
        world.ok(
            "SignUp",
            json!({ "ClientId": WEB, "Username": name, "Password": PASSWORD, "UserAttributes": attributes }),
        );
    }
    let to = |path: &str| {
        let inbox = world.control("GET", path, Value::Null);
        inbox["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["username"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(to("inbox"), ["ben", "ann"], "newest first");
    assert_eq!(to("inbox?to=ann%40example.com"), ["ann"]);
    assert_eq!(to("inbox?to=ben"), ["ben"]);
    assert!(to("inbox?to=nobody").is_empty());
    world.control("DELETE", "inbox", Value::Null);
    assert!(to("inbox").is_empty());
}

#[test]
fn a_reset_brings_back_the_start_and_keeps_the_keys() {
    let world = World::new();
    let keys = |world: &World| world.send("GET", &format!("/{POOL}/.well-known/jwks.json"), "").body;
    let before = keys(&world);
    world.ok("SignUp", json!({ "ClientId": WEB, "Username": "zoe", "Password": PASSWORD }));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": POOL, "Username": "alice", "Password": "Changed-1!", "Permanent": true }),
    );
    world.control("POST", "clock", json!({ "advanceSeconds": 60 }));
    world.control("POST", "faults", json!({ "operation": "*", "kind": "error" }));
    world.control("POST", "reset", Value::Null);
    world.sign_in(WEB, "alice", PASSWORD);
    assert_refused(world.err("InitiateAuth", password_flow(WEB, "zoe", PASSWORD)), "Incorrect username or password.");
    assert_eq!(world.control("GET", "clock", Value::Null)["offsetMs"], 0);
    assert_eq!(world.control("GET", "requests", Value::Null)["total"], 2);
    assert_eq!(keys(&world), before);
}
