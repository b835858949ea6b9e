//! Errors of sign-ins, for users and for administrators alike, and those of the operations about second factors.

use serde_json::{Value, json};

use crate::sign_in_world::{TestPool, first_factors, is_signed_in};
use crate::srp_client::{SrpClient, now};
use crate::world::{PASSWORD, World, assert_refused};

const OPERATIONS: [(&str, &str); 2] =
    [("InitiateAuth", "RespondToAuthChallenge"), ("AdminInitiateAuth", "AdminRespondToAuthChallenge")];

fn pool<'a>(world: &'a World, history: u32) -> TestPool<'a> {
    let mut policies = first_factors(&["PASSWORD", "EMAIL_OTP"]);
    policies["PasswordPolicy"] = json!({ "MinimumLength": 8, "PasswordHistorySize": history });
    let settings = json!({ "Policies": policies, "AliasAttributes": ["email"] });
    let pool = TestPool::new(world, settings);
    pool.user("zoe", &[("email", "zoe@example.com"), ("email_verified", "true")]);
    pool
}

fn in_pool(pool: &TestPool<'_>, mut body: Value) -> Value {
    if body.get("UserPoolId").is_none() {
        body["UserPoolId"] = json!(pool.id);
    }
    body
}

/// A body as the operation takes it.
fn fit(pool: &TestPool<'_>, operation: &str, body: Value) -> Value {
    if operation.starts_with("Admin") { in_pool(pool, body) } else { body }
}

/// The flow by a password that an operation has.
fn password(pool: &TestPool<'_>, operation: &str, password: &str) -> Value {
    let flow = if operation.starts_with("Admin") { "ADMIN_USER_PASSWORD_AUTH" } else { "USER_PASSWORD_AUTH" };
    fit(pool, operation, pool.initiate(flow, json!({ "USERNAME": "zoe", "PASSWORD": password })))
}

#[test]
fn the_state_of_the_user_is_told_after_the_proof() {
    let world = World::new();
    for (initiate, respond) in OPERATIONS {
        let pool = pool(&world, 0);
        let sign_up = json!({ "ClientId": pool.client, "Username": "max", "Password": PASSWORD });
        world.ok("SignUp", sign_up);
        let max = SrpClient { pool: pool.id.clone(), ..SrpClient::new(&pool.client, "max", PASSWORD) };
        let challenge = world.ok(initiate, fit(&pool, initiate, max.start()));
        let answer = fit(&pool, respond, max.answer(&challenge, &now(&world)));
        assert_eq!(world.err(respond, answer).0, "UserNotConfirmedException");
        let mut body = password(&pool, initiate, PASSWORD);
        body["AuthParameters"]["USERNAME"] = json!("max");
        assert_eq!(world.err(initiate, body).0, "UserNotConfirmedException");

        let zoe = SrpClient { pool: pool.id.clone(), ..SrpClient::new(&pool.client, "zoe", PASSWORD) };
        let challenge = world.ok(initiate, fit(&pool, initiate, zoe.start()));
        world.ok("AdminResetUserPassword", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
        let answer = fit(&pool, respond, zoe.answer(&challenge, &now(&world)));
        let error = world.err(respond, answer);
        assert_eq!(error.0, "PasswordResetRequiredException");
        assert_eq!(world.err(initiate, password(&pool, initiate, PASSWORD)).0, "PasswordResetRequiredException");
    }
}

#[test]
fn new_passwords_follow_the_policy() {
    let world = World::new();
    for (initiate, respond) in OPERATIONS {
        let pool = pool(&world, 3);
        let temporary =
            json!({ "UserPoolId": pool.id, "Username": "zoe", "Password": "Temporary-1!", "Permanent": false });
        world.ok("AdminSetUserPassword", temporary);
        let begun = world.ok(initiate, password(&pool, initiate, "Temporary-1!"));
        let answer = |new| {
            let body = pool.answer("NEW_PASSWORD_REQUIRED", &begun["Session"], "zoe", &[("NEW_PASSWORD", new)]);
            fit(&pool, respond, body)
        };
        assert_eq!(world.err(respond, answer("short")).0, "InvalidPasswordException");
        assert_eq!(world.err(respond, answer(PASSWORD)).0, "PasswordHistoryPolicyViolationException");
        assert!(is_signed_in(&world.ok(respond, answer("Quite-Another8?"))));
    }
}

#[test]
fn codes_are_refused() {
    let world = World::new();
    for (initiate, respond) in OPERATIONS {
        let pool = pool(&world, 0);
        pool.user("max", &[("email", "zoe@example.com")]);
        let asked = world.ok(initiate, fit(&pool, initiate, pool.choose("max", Some("EMAIL_OTP"))));
        let answer = |code: &str| {
            let body = pool.answer("EMAIL_OTP", &asked["Session"], "max", &[("EMAIL_OTP_CODE", code)]);
            fit(&pool, respond, body)
        };
        assert_eq!(world.err(respond, answer("nonsense")).0, "CodeMismatchException");
        assert_eq!(world.err(respond, answer(&world.code("max"))).0, "AliasExistsException");

        pool.set_mfa("OPTIONAL", &["SOFTWARE_TOKEN_MFA"]);
        let secret = pool.set_up_app(&pool.token("zoe"));
        let prefer = json!({ "SoftwareTokenMfaSettings": { "Enabled": true } });
        world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
        let enter = |code: &str| {
            let asked = world.ok(initiate, password(&pool, initiate, PASSWORD));
            let answers = [("SOFTWARE_TOKEN_MFA_CODE", code)];
            world.call(
                respond,
                fit(&pool, respond, pool.answer("SOFTWARE_TOKEN_MFA", &asked["Session"], "zoe", &answers)),
            )
        };
        let code = world.totp_of(&secret);
        assert!(is_signed_in(&enter(&code).body));
        assert_eq!(enter(&code).text("__type"), "ExpiredCodeException");
    }
}

#[test]
fn nothing_set_up_answers_mfa_setup() {
    let world = World::new();
    for (initiate, respond) in OPERATIONS {
        let pool = TestPool::with_mfa(&world, "ON", &["SOFTWARE_TOKEN_MFA"]);
        pool.user("zoe", &[]);
        let begun = world.ok(initiate, password(&pool, initiate, PASSWORD));
        let answer = fit(&pool, respond, pool.answer("MFA_SETUP", &begun["Session"], "zoe", &[]));
        assert_eq!(world.err(respond, answer).0, "MFAMethodNotFoundException");
    }
}

#[test]
fn an_administrator_can_end_what_a_user_may_do() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &["SOFTWARE_TOKEN_MFA", "SMS_MFA"]);
    pool.user("zoe", &[("email", "zoe@example.com"), ("email_verified", "true"), ("phone_number", "+15551234567")]);
    let token = pool.token("zoe");
    let secret = world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }))["SecretCode"].take();
    let operations = || {
        [
            ("GetUserAuthFactors", json!({})),
            ("SetUserMFAPreference", json!({ "SMSMfaSettings": { "Enabled": true } })),
            ("SetUserSettings", json!({ "MFAOptions": [] })),
            ("VerifySoftwareToken", json!({ "UserCode": world.totp_of(secret.as_str().unwrap()) })),
        ]
        .map(|(operation, mut body)| {
            body["AccessToken"] = token.clone();
            (operation, body)
        })
    };
    world.ok("AdminResetUserPassword", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    for (operation, body) in operations() {
        assert_eq!(world.err(operation, body).0, "PasswordResetRequiredException", "{operation}");
    }
    world.ok(
        "AdminSetUserPassword",
        json!({ "UserPoolId": pool.id, "Username": "zoe", "Password": PASSWORD, "Permanent": true }),
    );
    let gone = pool.token("zoe");
    world.ok("DeleteUser", json!({ "AccessToken": gone }));
    for (operation, body) in operations() {
        assert_eq!(world.err(operation, body).0, "UserNotFoundException", "{operation}");
    }
    world.ok("DeleteUserPool", json!({ "UserPoolId": pool.id }));
    for (operation, body) in operations() {
        assert_refused(world.err(operation, body), "Invalid Access Token");
    }
}
