//! AdminCreateUser: passwords, messages, aliases.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error, password_flow};

fn user(name: &str, attributes: &[(&str, &str)]) -> Value {
    let list: Vec<Value> = attributes.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    json!({ "UserPoolId": POOL, "Username": name, "UserAttributes": list })
}

fn with(mut body: Value, key: &str, value: Value) -> Value {
    body[key] = value;
    body
}

/// Medium and address of each message to a user, the newest first.
fn messages(world: &World, name: &str) -> Vec<(String, String)> {
    let inbox = world.control("GET", &format!("inbox?to={name}"), Value::Null);
    let text = |message: &Value, key: &str| message[key].as_str().unwrap().to_owned();
    inbox["messages"].as_array().unwrap().iter().map(|m| (text(m, "medium"), text(m, "to"))).collect()
}

const BOTH: [(&str, &str); 2] = [("email", "gina@example.com"), ("phone_number", "+15551234567")];

#[test]
fn messages_go_by_the_mediums_that_are_asked_for() {
    for (mediums, expected) in [
        (Value::Null, vec!["SMS"]),
        (json!(["SMS"]), vec!["SMS"]),
        (json!(["EMAIL"]), vec!["EMAIL"]),
        (json!(["SMS", "EMAIL"]), vec!["EMAIL", "SMS"]),
    ] {
        let world = World::new();
        world.ok("AdminCreateUser", with(user("gina", &BOTH), "DesiredDeliveryMediums", mediums.clone()));
        let sent: Vec<String> = messages(&world, "gina").into_iter().map(|(medium, _)| medium).collect();
        assert_eq!(sent, expected, "{mediums}");
    }
    let world = World::new();
    let body = with(user("gina", &BOTH), "MessageAction", json!("SUPPRESS"));
    world.ok("AdminCreateUser", with(body, "DesiredDeliveryMediums", json!(["SMS"])));
    assert_eq!(messages(&world, "gina"), []);
}

#[test]
fn a_message_needs_an_address() {
    let world = World::new();
    for (medium, attributes) in [("EMAIL", &BOTH[1..]), ("SMS", &BOTH[..1])] {
        let body = with(user("gina", attributes), "DesiredDeliveryMediums", json!([medium]));
        assert_eq!(world.err("AdminCreateUser", body).0, "InvalidParameterException", "{medium}");
    }
    for (flag, text) in [
        ("email_verified", "Email is required to verify/un-verify an email"),
        ("phone_number_verified", "Phone Number is required to verify/un-verify a phone number"),
    ] {
        let error = world.err("AdminCreateUser", user("gina", &[(flag, "true")]));
        assert_error(error, "InvalidParameterException", text);
    }
    world.ok("AdminCreateUser", user("gina", &[]));
}

#[test]
fn an_invitation_is_sent_again_only_to_those_who_have_not_taken_it_up() {
    let world = World::new();
    let resend = |name: &str| with(user(name, &[]), "MessageAction", json!("RESEND"));
    world.ok("AdminCreateUser", resend("dave"));
    for (name, status) in [("alice", "CONFIRMED"), ("carol", "UNCONFIRMED")] {
        let text = format!("Resend not possible. Current status is {status}");
        assert_error(world.err("AdminCreateUser", resend(name)), "UnsupportedUserStateException", &text);
    }
    assert_eq!(world.err("AdminCreateUser", resend("nobody")).0, "UserNotFoundException");
    let weak = with(resend("dave"), "TemporaryPassword", json!("weak"));
    assert_eq!(world.err("AdminCreateUser", weak).0, "InvalidPasswordException");
}

#[test]
fn sending_again_begins_a_new_week() {
    let world = World::new();
    world.ok("AdminCreateUser", with(user("gina", &BOTH), "TemporaryPassword", json!(PASSWORD)));
    world.advance(7 * 24 * 3600);
    let sign_in = password_flow(WEB, "gina", PASSWORD);
    let text = "Temporary password has expired and must be reset by an administrator.";
    assert_error(world.err("InitiateAuth", sign_in.clone()), "NotAuthorizedException", text);
    let again = with(user("gina", &[]), "MessageAction", json!("RESEND"));
    world.ok("AdminCreateUser", with(again, "TemporaryPassword", json!(PASSWORD)));
    assert_eq!(world.ok("InitiateAuth", sign_in)["ChallengeName"], "NEW_PASSWORD_REQUIRED");
}

#[test]
fn an_alias_is_moved_by_force_only() {
    let world = World::new();
    let body = user("gina", &[("email", "alice@example.com"), ("email_verified", "true")]);
    let text = "An account with the given email already exists.";
    assert_error(world.err("AdminCreateUser", body.clone()), "UsernameExistsException", text);
    world.ok("AdminCreateUser", with(body, "ForceAliasCreation", json!(true)));
    let alice = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "alice" }));
    let unverified = json!({ "Name": "email_verified", "Value": "false" });
    assert!(alice["UserAttributes"].as_array().unwrap().contains(&unverified));
    let found = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "alice@example.com" }));
    assert_eq!(found["Username"], "gina");
    // "This parameter is used only if the phone_number_verified or email_verified attribute is set to True."
    let body = user("hans", &[("email", "bob@example.com")]);
    world.ok("AdminCreateUser", with(body, "ForceAliasCreation", json!(true)));
    let found = world.ok("AdminGetUser", json!({ "UserPoolId": POOL, "Username": "bob@example.com" }));
    assert_eq!(found["Username"], "bob");
}

#[test]
fn a_pool_that_needs_no_passwords_has_users_without() {
    let world = World::new();
    let pool = json!({
        "PoolName": "codes", "AutoVerifiedAttributes": ["email"],
        "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } },
    });
    let id = world.ok("CreateUserPool", pool)["UserPool"]["Id"].take();
    let client = json!({ "UserPoolId": id, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] });
    let client = world.ok("CreateUserPoolClient", client)["UserPoolClient"]["ClientId"].take();
    let of = |body: Value| with(body, "UserPoolId", id.clone());
    assert_eq!(world.err("AdminCreateUser", of(user("gina", &[]))).0, "InvalidParameterException");
    let made = world.ok("AdminCreateUser", of(with(user("gina", &BOTH), "TemporaryPassword", json!(""))));
    assert_eq!(made["User"]["UserStatus"], "CONFIRMED");
    let message = world.control("GET", "inbox?to=gina", Value::Null)["messages"][0].take();
    assert_eq!(message["text"], "Your username is gina");
    let start = json!({
        "AuthFlow": "USER_AUTH", "ClientId": client,
        "AuthParameters": { "USERNAME": "gina", "PREFERRED_CHALLENGE": "EMAIL_OTP" },
    });
    let challenge = world.ok("InitiateAuth", start);
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
    let answer = json!({
        "ChallengeName": "EMAIL_OTP", "ClientId": client, "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "gina", "EMAIL_OTP_CODE": world.code("gina@example.com") },
    });
    assert!(world.ok("RespondToAuthChallenge", answer)["AuthenticationResult"]["AccessToken"].is_string());
    // One who is given a password has to change it.
    let hans = of(with(user("hans", &BOTH[1..]), "TemporaryPassword", json!(PASSWORD)));
    assert_eq!(world.ok("AdminCreateUser", hans)["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
}
