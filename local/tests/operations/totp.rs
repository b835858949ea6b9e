//! Setting up an authenticator app while signed in, and asking to be asked for its codes.

use serde_json::{Value, json};

use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

const NO_DELIVERY: &str = "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA";
const USED: &str = "Your software token has already been used once.";

fn verify(token: &Value, code: &str) -> Value {
    json!({ "AccessToken": token, "UserCode": code })
}

fn prefer(token: &Value, enabled: bool, preferred: bool) -> Value {
    json!({ "AccessToken": token, "SoftwareTokenMfaSettings": { "Enabled": enabled, "PreferredMfa": preferred } })
}

fn user(name: &str) -> Value {
    json!({ "UserPoolId": POOL, "Username": name })
}

/// Signs in and sets up an app: the access token and the secret.
fn set_up(world: &World, name: &str, password: &str) -> (Value, String) {
    let token = world.sign_in(WEB, name, password)["AccessToken"].take();
    let reply = world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }));
    assert!(reply.get("Session").is_none());
    let secret = reply["SecretCode"].as_str().unwrap().to_owned();
    let reply = world.ok("VerifySoftwareToken", verify(&token, &world.totp_of(&secret)));
    assert_eq!(reply, json!({ "Status": "SUCCESS" }));
    (token, secret)
}

#[test]
fn a_secret_is_base32_of_32_bytes_and_always_another() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let draw = || world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }))["SecretCode"].take();
    let (first, second) = (draw(), draw());
    let text = first.as_str().unwrap();
    assert!(text.len() == 52 && text.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)), "{text}");
    assert_ne!(first, second);
    let error = world.err("VerifySoftwareToken", verify(&token, &world.totp_of(text)));
    assert_error(error, "EnableSoftwareTokenMFAException", "Code mismatch");
    world.ok("VerifySoftwareToken", verify(&token, &world.totp_of(second.as_str().unwrap())));
}

#[test]
fn an_app_is_asked_for_once_it_is_set_up_and_wanted() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    assert_error(
        world.err("SetUserMFAPreference", prefer(&token, true, true)),
        "InvalidParameterException",
        NO_DELIVERY,
    );
    let (token, secret) = set_up(&world, "alice", PASSWORD);
    world.sign_in(WEB, "alice", PASSWORD);
    let seen = world.ok("GetUser", json!({ "AccessToken": token }));
    assert!(seen.get("UserMFASettingList").is_none() && seen.get("PreferredMfaSetting").is_none());

    world.ok("SetUserMFAPreference", prefer(&token, true, true));
    for seen in [world.ok("GetUser", json!({ "AccessToken": token })), world.ok("AdminGetUser", user("alice"))] {
        assert_eq!(seen["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
        assert_eq!(seen["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
    }
    world.advance(30);
    assert!(world.sign_in_with_totp("alice", PASSWORD, &world.totp_of(&secret))["IdToken"].is_string());

    world.ok("SetUserMFAPreference", prefer(&token, false, false));
    world.sign_in(WEB, "alice", PASSWORD);
    assert!(world.ok("AdminGetUser", user("alice")).get("UserMFASettingList").is_none());
    world.ok("SetUserMFAPreference", prefer(&token, true, false));
    let seen = world.ok("GetUser", json!({ "AccessToken": token }));
    assert!(seen["UserMFASettingList"].is_array() && seen.get("PreferredMfaSetting").is_none());
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
}

#[test]
fn the_code_that_proved_the_app_is_used_up() {
    let world = World::new();
    let (token, secret) = set_up(&world, "alice", PASSWORD);
    world.ok("SetUserMFAPreference", prefer(&token, true, true));
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    let error = world.err("RespondToAuthChallenge", World::totp_answer(&challenge, "alice", &world.totp_of(&secret)));
    assert_error(error, "ExpiredCodeException", USED);
}

#[test]
fn another_app_takes_over_when_it_is_proven() {
    let world = World::new();
    let token = world.sign_in_with_totp("frank", PASSWORD, &world.totp("frank"))["AccessToken"].take();
    let secret = world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }))["SecretCode"].take();
    world.sign_in_with_totp("frank", PASSWORD, &world.totp("frank"));
    let mut body = verify(&token, &world.totp_of(secret.as_str().unwrap()));
    body["FriendlyDeviceName"] = json!("new phone");
    world.ok("VerifySoftwareToken", body);
    let challenge = world.ok("InitiateAuth", password_flow(WEB, "frank", PASSWORD));
    assert_eq!(challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], "new phone");
    let config = world.control("GET", "config", Value::Null);
    let users = config["userPools"][0]["users"].as_array().unwrap();
    let frank = users.iter().find(|user| user["username"] == "frank").unwrap();
    assert_eq!(frank["totpSecret"], Value::Null, "only the secret of the configuration is shown");
    world.advance(30);
    assert_eq!(world.totp("frank"), world.totp_of(secret.as_str().unwrap()));
    world.sign_in_with_totp("frank", PASSWORD, &world.totp("frank"));
}

#[test]
fn an_app_that_was_not_begun_cannot_be_verified() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    let error = world.err("VerifySoftwareToken", verify(&token, "123456"));
    assert_error(error, "SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
    for wrong in ["12345", "1234567", "12345a"] {
        assert_eq!(world.err("VerifySoftwareToken", verify(&token, wrong)).0, "InvalidParameterException", "{wrong}");
    }
}

#[test]
fn one_authority_is_needed_and_no_more() {
    let world = World::new();
    let both = json!({ "AccessToken": "x", "Session": "made-up-session-of-twenty-letters" });
    for body in [json!({}), both] {
        for operation in ["AssociateSoftwareToken", "VerifySoftwareToken"] {
            let mut body = body.clone();
            if operation == "VerifySoftwareToken" {
                body["UserCode"] = json!("123456");
            }
            let text = "Exactly one of AccessToken and Session must be given";
            assert_error(world.err(operation, body), "InvalidParameterException", text);
        }
    }
    assert_refused(world.err("AssociateSoftwareToken", json!({ "AccessToken": "x" })), "Invalid Access Token");
    assert_refused(world.err("SetUserMFAPreference", prefer(&json!("x"), true, true)), "Invalid Access Token");
    let unknown = json!({ "Session": "made-up-session-of-twenty-letters" });
    assert_refused(world.err("AssociateSoftwareToken", unknown), "Invalid session for the user.");
}

#[test]
fn administrators_set_preferences_too() {
    let world = World::new();
    let set = |name: &str, key: &str, settings: Value| {
        let mut body = user(name);
        body[key] = settings;
        world.call("AdminSetUserMFAPreference", body)
    };
    let totp = "SoftwareTokenMfaSettings";
    assert_eq!(set("frank", totp, json!({ "Enabled": false })).http.status, 200);
    world.sign_in(WEB, "frank", PASSWORD);
    assert_eq!(set("frank", totp, json!({ "Enabled": true })).http.status, 200);
    let seen = world.ok("AdminGetUser", user("frank"));
    assert!(seen["UserMFASettingList"].is_array() && seen.get("PreferredMfaSetting").is_none());
    assert_eq!(set("bob", totp, json!({ "Enabled": true })).text("message"), NO_DELIVERY);
    assert_eq!(set("nobody", totp, json!({ "Enabled": true })).text("__type"), "UserNotFoundException");
    let contradiction = set("frank", totp, json!({ "Enabled": false, "PreferredMfa": true }));
    assert_eq!(contradiction.text("__type"), "InvalidParameterException");
}
