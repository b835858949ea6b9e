//! Administrator operations on users.

use serde_json::{Value, json};

use crate::world::{
    PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow, service_request, signature,
};

fn user(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "Username": name })
}

fn with(mut body: Value, key: &str, value: Value) -> Value {
    body[key] = value;
    body
}

fn email(address: &str, verified: &str) -> Value {
    json!([{ "Name": "email", "Value": address }, { "Name": "email_verified", "Value": verified }])
}

#[test]
fn administrator_operations_need_the_form_of_a_signature() {
    let world = World::new();
    let send = |authorization: Option<String>| {
        let mut request = service_request("AdminGetUser", user("alice").to_string());
        request.headers.extend(authorization.map(|value| ("authorization".to_owned(), value)));
        let http = world.emulator.handle(request);
        let body: Value = serde_json::from_slice(&http.body).unwrap();
        (http.status, body["__type"].as_str().map(str::to_owned))
    };
    assert_eq!(send(None), (400, Some("MissingAuthenticationTokenException".into())));
    assert_eq!(send(Some("Bearer x".into())), (400, Some("IncompleteSignatureException".into())));
    assert_eq!(send(Some(signature())).0, 200);
}

#[test]
fn an_invited_user_gets_a_password_by_mail() {
    let world = World::new();
    let body = with(user("gina"), "UserAttributes", email("gina@example.com", "true"));
    let made = world.ok("AdminCreateUser", body.clone())["User"].take();
    assert_eq!(
        (&made["Username"], &made["UserStatus"], &made["Enabled"]),
        (&json!("gina"), &json!("FORCE_CHANGE_PASSWORD"), &json!(true))
    );
    let message = world.control("GET", "inbox?to=gina", Value::Null)["messages"][0].take();
    assert_eq!((&message["kind"], &message["code"]), (&json!("invite"), &Value::Null));
    let password = |message: &Value| message["text"].as_str().unwrap().rsplit_once(' ').unwrap().1.to_owned();
    let first = password(&message);
    assert_eq!(world.ok("InitiateAuth", password_flow(WEB, "gina", &first))["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    assert_error(world.err("AdminCreateUser", body), "UsernameExistsException", "User account already exists");

    world.ok("AdminCreateUser", with(user("gina"), "MessageAction", json!("RESEND")));
    let second = password(&world.control("GET", "inbox?to=gina", Value::Null)["messages"][0]);
    assert_ne!(first, second);
    assert_eq!(world.ok("InitiateAuth", password_flow(WEB, "gina", &second))["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let error = world.err("AdminCreateUser", with(user("nobody"), "MessageAction", json!("RESEND")));
    assert_error(error, "UserNotFoundException", "User does not exist.");
    assert_eq!(
        world.err("AdminCreateUser", with(user("alice"), "MessageAction", json!("RESEND"))).0,
        "UnsupportedUserStateException"
    );
}

#[test]
fn invitations_can_be_suppressed_or_sent_by_sms() {
    let world = World::new();
    let quiet =
        with(with(user("gina"), "TemporaryPassword", json!("Temporary-1!")), "MessageAction", json!("SUPPRESS"));
    world.ok("AdminCreateUser", quiet);
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
    world.ok("InitiateAuth", password_flow(WEB, "gina", "Temporary-1!"));
    let phone =
        json!([{ "Name": "phone_number", "Value": "+15551231234" }, { "Name": "email", "Value": "h@example.com" }]);
    world.ok(
        "AdminCreateUser",
        with(with(user("hank"), "UserAttributes", phone), "DesiredDeliveryMediums", json!(["SMS", "EMAIL"])),
    );
    let inbox = world.control("GET", "inbox?to=hank", Value::Null);
    let mediums: Vec<&Value> = inbox["messages"].as_array().unwrap().iter().map(|m| &m["medium"]).collect();
    assert_eq!(mediums, ["EMAIL", "SMS"]);
    let weak = with(user("ivan"), "TemporaryPassword", json!("weak"));
    assert_eq!(world.err("AdminCreateUser", weak).0, "InvalidPasswordException");
}

#[test]
fn a_verified_address_that_is_taken_moves_only_by_force() {
    let world = World::new();
    let body = with(user("alice2"), "UserAttributes", email("alice@example.com", "true"));
    let text = "An account with the given email already exists.";
    assert_error(world.err("AdminCreateUser", body.clone()), "UsernameExistsException", text);
    world.ok("AdminCreateUser", with(body, "ForceAliasCreation", json!(true)));
    let found = world.ok("AdminGetUser", user("alice@example.com"));
    assert_eq!(found["Username"], "alice2");
}

#[test]
fn passwords_can_be_set_for_good_or_for_one_sign_in() {
    let world = World::new();
    let set = |name: &str, password: &str, permanent: bool| {
        let body = with(with(user(name), "Password", json!(password)), "Permanent", json!(permanent));
        world.call("AdminSetUserPassword", body)
    };
    assert_eq!(set("dave", "Chosen-For-You1!", true).http.status, 200);
    world.sign_in(WEB, "dave", "Chosen-For-You1!");
    assert_eq!(set("alice", "Temporary-2!", false).http.status, 200);
    assert_eq!(world.ok("AdminGetUser", user("alice"))["UserStatus"], "FORCE_CHANGE_PASSWORD");
    assert_eq!(
        world.ok("InitiateAuth", password_flow(WEB, "alice", "Temporary-2!"))["ChallengeName"],
        "NEW_PASSWORD_REQUIRED"
    );
    assert_eq!(set("alice", "weak", true).text("__type"), "InvalidPasswordException");
    assert_eq!(set("nobody", PASSWORD, true).text("__type"), "UserNotFoundException");
}

#[test]
fn sign_ups_can_be_confirmed_once() {
    let world = World::new();
    world.ok("AdminConfirmSignUp", user("carol"));
    world.sign_in(WEB, "carol", PASSWORD);
    let text = "User cannot be confirmed. Current status is CONFIRMED";
    assert_refused(world.err("AdminConfirmSignUp", user("carol")), text);
    assert_eq!(world.err("AdminConfirmSignUp", user("nobody")).0, "UserNotFoundException");
}

#[test]
fn users_can_be_seen_disabled_and_enabled() {
    let world = World::new();
    let alice = world.ok("AdminGetUser", user("ALICE@example.com"));
    assert_eq!(
        (&alice["Username"], &alice["Enabled"], &alice["UserStatus"]),
        (&json!("alice"), &json!(true), &json!("CONFIRMED"))
    );
    assert_eq!(alice["UserAttributes"][0]["Name"], "sub");
    world.ok("AdminDisableUser", user("alice"));
    assert_eq!(world.ok("AdminGetUser", user("alice"))["Enabled"], false);
    assert_refused(world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD)), "User is disabled.");
    world.ok("AdminEnableUser", user("alice"));
    world.sign_in(WEB, "alice", PASSWORD);
    for operation in ["AdminGetUser", "AdminDisableUser", "AdminEnableUser"] {
        assert_error(world.err(operation, user("nobody")), "UserNotFoundException", "User does not exist.");
        let elsewhere = json!({ "UserPoolId": "eu-west-1_Nowhere", "Username": "alice" });
        assert_error(
            world.err(operation, elsewhere),
            "ResourceNotFoundException",
            "User pool eu-west-1_Nowhere does not exist.",
        );
    }
}
