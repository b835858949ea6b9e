//! ForgotPassword, ConfirmForgotPassword and AdminResetUserPassword.

use serde_json::{Value, json};

use crate::srp_client::SrpClient;
use crate::world::{PASSWORD, POOL, WEB, World, assert_error, assert_refused, password_flow};

const NEW: &str = "Brand-New-2!";
const MISMATCH: (&str, &str) = ("CodeMismatchException", "Invalid verification code provided, please try again.");
const EXPIRED: (&str, &str) = ("ExpiredCodeException", "Invalid code provided, please request a code again.");
const LIMIT: (&str, &str) = ("LimitExceededException", "Attempt limit exceeded, please try after some time.");
const NO_ADDRESS: &str = "Cannot reset password for the user as there is no registered/verified email or phone_number";

fn forgot(client: &str, name: &str) -> Value {
    json!({ "ClientId": client, "Username": name })
}

fn confirm(client: &str, name: &str, code: &str, password: &str) -> Value {
    json!({ "ClientId": client, "Username": name, "ConfirmationCode": code, "Password": password })
}

fn legacy(world: &World) -> String {
    world.client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }))
}

/// A code that was not sent.
fn other_than(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

#[test]
fn a_code_from_the_mailbox_sets_another_password() {
    let world = World::new();
    let reply = world.ok("ForgotPassword", forgot(WEB, "alice@example.com"));
    let details = json!({ "Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email" });
    assert_eq!(reply, json!({ "CodeDeliveryDetails": details }));
    let message = world.control("GET", "inbox?to=alice", Value::Null)["messages"][0].take();
    let code = message["code"].as_str().unwrap();
    assert_eq!((&message["kind"], &message["to"]), (&json!("forgotPassword"), &json!("alice@example.com")));
    assert_eq!(message["text"], format!("Your password reset code is {code}"));
    world.sign_in(WEB, "alice", PASSWORD);

    assert_eq!(world.ok("ConfirmForgotPassword", confirm(WEB, "alice", code, NEW)), json!({}));
    world.sign_in(WEB, "alice", NEW);
    world.ok("RespondToAuthChallenge", SrpClient::new(WEB, "alice", NEW).challenged(&world));
    assert_refused(world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD)), "Incorrect username or password.");
    let again = world.err("ConfirmForgotPassword", confirm(WEB, "alice", code, PASSWORD));
    assert_error(again, EXPIRED.0, EXPIRED.1);
}

#[test]
fn a_wrong_code_or_a_refused_password_leaves_the_code_good() {
    let world = World::new();
    assert_error(world.err("ConfirmForgotPassword", confirm(WEB, "alice", "123456", NEW)), EXPIRED.0, EXPIRED.1);
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    let code = world.code("alice");
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &other_than(&code), NEW));
    assert_error(error, MISMATCH.0, MISMATCH.1);
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &code, "short"));
    assert_error(error, "InvalidPasswordException", "Password did not conform with policy: Password not long enough");
    world.ok("ConfirmForgotPassword", confirm(WEB, "alice", &code, NEW));
}

#[test]
fn a_code_lives_an_hour_and_a_new_one_replaces_it() {
    let world = World::new();
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    let first = world.code("alice");
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    let second = world.code("alice");
    assert_ne!(first, second);
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &first, NEW));
    assert_error(error, MISMATCH.0, MISMATCH.1);
    world.advance(3600);
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &second, NEW));
    assert_error(error, EXPIRED.0, EXPIRED.1);
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    world.advance(3599);
    world.ok("ConfirmForgotPassword", confirm(WEB, "alice", &world.code("alice"), NEW));
}

#[test]
fn a_password_that_is_set_otherwise_ends_the_code() {
    let world = World::new();
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": POOL, "Username": "alice", "Password": NEW, "Permanent": true }),
    );
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &world.code("alice"), PASSWORD));
    assert_error(error, EXPIRED.0, EXPIRED.1);
}

#[test]
fn askings_and_attempts_are_limited_for_everybody() {
    let world = World::new();
    for name in ["alice", "nobody"] {
        (0..5).for_each(|_| drop(world.ok("ForgotPassword", forgot(WEB, name))));
        assert_error(world.err("ForgotPassword", forgot(WEB, name)), LIMIT.0, LIMIT.1);
        for _ in 0..5 {
            let error = world.err("ConfirmForgotPassword", confirm(WEB, name, "no-code", NEW));
            assert_error(error, MISMATCH.0, MISMATCH.1);
        }
        let error = world.err("ConfirmForgotPassword", confirm(WEB, name, "no-code", NEW));
        assert_error(error, LIMIT.0, LIMIT.1);
    }
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "alice", &world.code("alice"), NEW));
    assert_error(error, LIMIT.0, LIMIT.1);
    world.advance(3600);
    world.ok("ForgotPassword", forgot(WEB, "alice"));
    world.ok("ConfirmForgotPassword", confirm(WEB, "alice", &world.code("alice"), NEW));
}

#[test]
fn users_who_cannot_get_a_code_are_hidden() {
    let world = World::new();
    // Unknown, disabled, without a verified address.
    for name in ["nobody", "erin", "carol"] {
        let reply = world.ok("ForgotPassword", forgot(WEB, name));
        let destination = format!("{0}***@{0}***", &name[..1]);
        assert_eq!(reply["CodeDeliveryDetails"]["Destination"], destination);
        let error = world.err("ConfirmForgotPassword", confirm(WEB, name, "123456", NEW));
        assert_error(error, MISMATCH.0, MISMATCH.1);
        world.advance(3600);
        let error = world.err("ConfirmForgotPassword", confirm(WEB, name, "123456", NEW));
        assert_error(error, EXPIRED.0, EXPIRED.1);
    }
    let error = world.err("ConfirmForgotPassword", confirm(WEB, "somebody", "123456", NEW));
    assert_error(error, EXPIRED.0, EXPIRED.1);
    assert_eq!(world.control("GET", "inbox", Value::Null)["messages"], json!([]));
    let reply = world.ok("ForgotPassword", forgot(WEB, "+15551234567"));
    let details = json!({ "Destination": "+*******4567", "DeliveryMedium": "SMS", "AttributeName": "phone_number" });
    assert_eq!(reply["CodeDeliveryDetails"], details);
}

#[test]
fn clients_that_hide_nobody_are_told() {
    let world = World::new();
    let client = legacy(&world);
    let error = |name: &str| world.err("ForgotPassword", forgot(&client, name));
    let unknown = "Username/client id combination not found.";
    assert_error(error("nobody"), "UserNotFoundException", unknown);
    assert_refused(error("erin"), "User is disabled.");
    assert_error(error("carol"), "InvalidParameterException", NO_ADDRESS);
    let error = |name: &str| world.err("ConfirmForgotPassword", confirm(&client, name, "123456", NEW));
    assert_error(error("nobody"), "UserNotFoundException", unknown);
    assert_refused(error("erin"), "User is disabled.");
}

#[test]
fn a_temporary_password_cannot_be_forgotten() {
    let world = World::new();
    for client in [WEB, &legacy(&world)] {
        let error = world.err("ForgotPassword", forgot(client, "dave"));
        assert_refused(error, "User password cannot be reset in the current state.");
    }
}

#[test]
fn secret_hashes_are_checked() {
    let world = World::new();
    let client = world.client(json!({ "GenerateSecret": true }));
    let text = format!("Client {client} is configured with secret but SECRET_HASH was not received");
    assert_refused(world.err("ForgotPassword", forgot(&client, "alice")), &text);
    assert_refused(world.err("ConfirmForgotPassword", confirm(&client, "alice", "123456", NEW)), &text);
}

#[test]
fn an_administrator_can_demand_a_reset() {
    let world = World::new();
    let reset = |name: &str| json!({ "UserPoolId": POOL, "Username": name });
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    assert_eq!(world.ok("AdminResetUserPassword", reset("alice@example.com")), json!({}));
    assert_eq!(world.ok("AdminGetUser", reset("alice"))["UserStatus"], "RESET_REQUIRED");
    let demanded = "Password reset required for the user";
    let error = world.err("InitiateAuth", password_flow(WEB, "alice", PASSWORD));
    assert_error(error, "PasswordResetRequiredException", demanded);
    let right = SrpClient::new(WEB, "alice", PASSWORD).challenged(&world);
    assert_error(world.err("RespondToAuthChallenge", right), "PasswordResetRequiredException", demanded);
    let change = json!({ "AccessToken": token, "PreviousPassword": PASSWORD, "ProposedPassword": NEW });
    assert_error(world.err("ChangePassword", change), "PasswordResetRequiredException", demanded);

    world.ok("ConfirmForgotPassword", confirm(WEB, "alice", &world.code("alice"), NEW));
    assert_eq!(world.ok("AdminGetUser", reset("alice"))["UserStatus"], "CONFIRMED");
    world.sign_in(WEB, "alice", NEW);

    assert_error(world.err("AdminResetUserPassword", reset("carol")), "InvalidParameterException", NO_ADDRESS);
    assert_error(world.err("AdminResetUserPassword", reset("nobody")), "UserNotFoundException", "User does not exist.");
    let text = "User password cannot be reset in the current state.";
    assert_refused(world.err("AdminResetUserPassword", reset("dave")), text);
    assert_eq!(world.ok("AdminGetUser", reset("dave"))["UserStatus"], "FORCE_CHANGE_PASSWORD");
}

#[test]
fn the_pool_says_where_codes_go() {
    let world = World::new();
    let details = |mechanisms: Value| {
        let setting = json!({ "RecoveryMechanisms": mechanisms });
        let body = if mechanisms.is_null() {
            json!({ "PoolName": "p" })
        } else {
            json!({ "PoolName": "p", "AccountRecoverySetting": setting })
        };
        let pool = world.ok("CreateUserPool", body)["UserPool"]["Id"].take();
        let client = world.ok("CreateUserPoolClient", json!({ "UserPoolId": pool, "ClientName": "c" }));
        let verified = [
            ("phone_number", "+15551234567"),
            ("phone_number_verified", "true"),
            ("email", "g@x.org"),
            ("email_verified", "true"),
        ];
        let attributes: Vec<Value> =
            verified.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        let user = json!({ "UserPoolId": pool, "Username": "gina", "UserAttributes": attributes });
        world.ok("AdminCreateUser", user);
        world.ok(
            "AdminSetUserPassword",
            json!({ "UserPoolId": pool, "Username": "gina", "Password": PASSWORD, "Permanent": true }),
        );
        let reply =
            world.call("ForgotPassword", forgot(client["UserPoolClient"]["ClientId"].as_str().unwrap(), "gina"));
        (reply.body["CodeDeliveryDetails"]["DeliveryMedium"].clone(), reply.text("message"))
    };
    let mechanism = |priority: u8, name: &str| json!({ "Priority": priority, "Name": name });
    let (email, phone) = ("verified_email", "verified_phone_number");
    // Since February 2020 new pools have both mechanisms, the mailbox first.
    assert_eq!(details(Value::Null).0, "EMAIL");
    assert_eq!(details(json!([mechanism(1, email)])).0, "EMAIL");
    assert_eq!(details(json!([mechanism(2, email), mechanism(1, phone)])).0, "SMS");
    assert_eq!(details(json!([mechanism(2, phone), mechanism(1, email)])).0, "EMAIL");
    assert_eq!(details(json!([mechanism(1, "admin_only")])).1, "Contact administrator to reset password.");
    for wrong in
        [json!([mechanism(1, "admin_only"), mechanism(2, email)]), json!([mechanism(1, phone), mechanism(1, email)])]
    {
        let body = json!({ "PoolName": "p", "AccountRecoverySetting": { "RecoveryMechanisms": wrong } });
        assert_eq!(world.err("CreateUserPool", body).0, "InvalidParameterException");
    }
}
