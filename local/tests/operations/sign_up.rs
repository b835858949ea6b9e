//! SignUp, ConfirmSignUp, ResendConfirmationCode.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

fn sign_up(name: &str, password: &str, email: &str) -> Value {
    let attributes = json!([{ "Name": "email", "Value": email }]);
    json!({ "ClientId": WEB, "Username": name, "Password": password, "UserAttributes": attributes })
}

fn confirm(name: &str, code: &str) -> Value {
    json!({ "ClientId": WEB, "Username": name, "ConfirmationCode": code })
}

fn named(name: &str) -> Value {
    json!({ "ClientId": WEB, "Username": name })
}

/// A code that is not the right one.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[test]
fn a_newcomer_signs_up_confirms_and_signs_in() {
    let world = World::new();
    let reply = world.ok("SignUp", sign_up("fred", PASSWORD, "fred@example.com"));
    assert_eq!(reply["UserConfirmed"], false);
    let details = json!({ "Destination": "f***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email" });
    assert_eq!(reply["CodeDeliveryDetails"], details);
    let error = world.err("InitiateAuth", password_flow(WEB, "fred", PASSWORD));
    assert_error(error, "UserNotConfirmedException", "User is not confirmed.");

    let code = world.code("fred");
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
    let text = "Invalid verification code provided, please try again.";
    assert_error(world.err("ConfirmSignUp", confirm("fred", other_than(&code))), "CodeMismatchException", text);
    assert_eq!(world.ok("ConfirmSignUp", confirm("fred", &code)), json!({}));
    let text = "User cannot be confirmed. Current status is CONFIRMED";
    assert_refused(world.err("ConfirmSignUp", confirm("fred", &code)), text);

    world.sign_in(WEB, "fred", PASSWORD);
    world.sign_in(WEB, "Fred@Example.com", PASSWORD);
    let stored = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "fred" }));
    assert!(
        stored["UserAttributes"].as_array().unwrap().contains(&json!({ "Name": "email_verified", "Value": "true" }))
    );
}

#[test]
fn the_inbox_holds_the_message() {
    let world = World::new();
    world.ok("SignUp", sign_up("fred", PASSWORD, "fred@example.com"));
    let message = &world.control("GET", "inbox?to=FRED%40example.com", Value::Null)["messages"][0];
    let code = message["code"].as_str().unwrap();
    for (key, value) in [
        ("kind", json!("signUp")),
        ("medium", json!("EMAIL")),
        ("to", json!("fred@example.com")),
        ("username", json!("fred")),
        ("userPoolId", json!(POOL)),
        ("subject", json!("Your verification code")),
        ("text", json!(format!("Your confirmation code is {code}"))),
    ] {
        assert_eq!(message[key], value, "{key}");
    }
}

#[test]
fn a_code_lives_a_day_and_a_new_one_replaces_it() {
    let world = World::new();
    world.ok("SignUp", sign_up("fred", PASSWORD, "fred@example.com"));
    let first = world.code("fred");
    world.advance(86_400);
    let expired = "Invalid code provided, please request a code again.";
    assert_error(world.err("ConfirmSignUp", confirm("fred", &first)), "ExpiredCodeException", expired);
    let reply = world.ok("ResendConfirmationCode", named("fred"));
    assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "f***@e***");
    let second = world.code("fred");
    if first != second {
        assert_eq!(world.err("ConfirmSignUp", confirm("fred", &first)).0, "CodeMismatchException");
    }
    world.advance(86_399);
    world.ok("ConfirmSignUp", confirm("fred", &second));
}

#[test]
fn a_user_who_was_never_sent_a_code_has_an_expired_one() {
    let world = World::new();
    assert_eq!(world.err("ConfirmSignUp", confirm("carol", "123456")).0, "ExpiredCodeException");
    world.ok("ResendConfirmationCode", named("carol"));
    assert_eq!(world.control("GET", "inbox?to=carol", Value::Null)["messages"][0]["kind"], "resend");
    world.ok("ConfirmSignUp", confirm("carol", &world.code("carol")));
}

#[test]
fn an_hour_allows_five_codes_and_fifteen_tries() {
    let world = World::new();
    let limit = "Attempt limit exceeded, please try after some time.";
    (0..5).for_each(|_| drop(world.ok("ResendConfirmationCode", named("carol"))));
    assert_error(world.err("ResendConfirmationCode", named("carol")), "LimitExceededException", limit);
    let code = world.code("carol");
    (0..15).for_each(|_| {
        assert_eq!(world.err("ConfirmSignUp", confirm("carol", other_than(&code))).0, "CodeMismatchException")
    });
    assert_error(world.err("ConfirmSignUp", confirm("carol", &code)), "LimitExceededException", limit);
    world.advance(3600);
    world.ok("ResendConfirmationCode", named("carol"));
    world.ok("ConfirmSignUp", confirm("carol", &world.code("carol")));
}

#[test]
fn taken_names_are_disclosed() {
    let world = World::new();
    for name in ["alice", "ALICE", "carol"] {
        let error = world.err("SignUp", sign_up(name, PASSWORD, "new@example.com"));
        assert_error(error, "UsernameExistsException", "User already exists");
    }
}

#[test]
fn a_taken_address_shows_at_confirmation_and_can_be_moved_by_force() {
    let world = World::new();
    world.ok("SignUp", sign_up("alice2", PASSWORD, "Alice@example.com"));
    let code = world.code("alice2");
    let text = "An account with the email already exists.";
    assert_error(world.err("ConfirmSignUp", confirm("alice2", &code)), "AliasExistsException", text);
    let mut forced = confirm("alice2", &code);
    forced["ForceAliasCreation"] = json!(true);
    world.ok("ConfirmSignUp", forced);
    let token = world.sign_in(WEB, "alice@example.com", PASSWORD)["AccessToken"].take();
    assert_eq!(world.ok("GetUser", json!({ "AccessToken": token }))["Username"], "alice2");
    let old = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    assert!(old["UserAttributes"].as_array().unwrap().contains(&json!({ "Name": "email_verified", "Value": "false" })));
}

#[test]
fn passwords_must_follow_the_policy() {
    let world = World::new();
    for (password, reason) in [
        ("Aa1!", "Password not long enough"),
        ("AAAAAAA1!", "Password must have lowercase characters"),
        ("aaaaaaa1!", "Password must have uppercase characters"),
        ("Aaaaaaaa!", "Password must have numeric characters"),
        ("Aaaaaaaa1", "Password must have symbol characters"),
    ] {
        let error = world.err("SignUp", sign_up("fred", password, "fred@example.com"));
        assert_error(error, "InvalidPasswordException", &format!("Password did not conform with policy: {reason}"));
    }
    assert_error(world.err("SignUp", named("fred")), "InvalidParameterException", "Password is required");
}

#[test]
fn attributes_must_conform_and_be_writable() {
    let world = World::new();
    let attempt = |name: &str, value: &str| {
        let body = json!({ "ClientId": WEB, "Username": "fred", "Password": PASSWORD, "UserAttributes": [{ "Name": name, "Value": value }] });
        world.err("SignUp", body)
    };
    assert_error(attempt("email", "no address"), "InvalidParameterException", "Invalid email address format.");
    assert_error(attempt("phone_number", "5551234"), "InvalidParameterException", "Invalid phone number format.");
    let text = "Attributes did not conform to the schema: Type for attribute {custom:none} could not be determined\n";
    assert_error(attempt("custom:none", "x"), "InvalidParameterException", text);
    assert_eq!(attempt("birthdate", "1.1.2000").0, "InvalidParameterException");
    assert_eq!(attempt("updated_at", "yesterday").0, "InvalidParameterException");
    for name in ["email_verified", "sub"] {
        assert_refused(attempt(name, "true"), "A client attempted to write unauthorized attribute");
    }
    let narrow = world.client(json!({ "WriteAttributes": ["name"] }));
    let mut body = sign_up("fred", PASSWORD, "fred@example.com");
    body["ClientId"] = json!(narrow);
    assert_refused(world.err("SignUp", body), "A client attempted to write unauthorized attribute");
}

#[test]
fn unknown_users_are_hidden_or_told() {
    let world = World::new();
    assert_eq!(world.err("ConfirmSignUp", confirm("nobody", "123456")).0, "ExpiredCodeException");
    let reply = world.ok("ResendConfirmationCode", named("nobody@example.com"));
    assert_eq!(reply["CodeDeliveryDetails"]["Destination"], "n***@e***");
    world.ok("ResendConfirmationCode", named("nobody"));
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));

    let legacy = world.client(json!({}));
    for (operation, mut body) in
        [("ConfirmSignUp", confirm("nobody", "123456")), ("ResendConfirmationCode", named("nobody"))]
    {
        body["ClientId"] = json!(legacy);
        assert_error(world.err(operation, body), "UserNotFoundException", "Username/client id combination not found.");
    }
}

#[test]
fn confirmed_users_get_no_code() {
    let world = World::new();
    assert_error(
        world.err("ResendConfirmationCode", named("alice")),
        "InvalidParameterException",
        "User is already confirmed.",
    );
}

#[test]
fn a_sign_up_without_an_address_waits_for_an_administrator() {
    let world = World::new();
    let reply = world.ok("SignUp", json!({ "ClientId": WEB, "Username": "fred", "Password": PASSWORD }));
    assert!(reply.get("CodeDeliveryDetails").is_none());
    assert_eq!(world.err("ResendConfirmationCode", named("fred")).0, "InvalidParameterException");
    world.ok("AdminConfirmSignUp", json!({ "UserPoolId": POOL, "Username": "fred" }));
    world.sign_in(WEB, "fred", PASSWORD);
}
