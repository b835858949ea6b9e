//! Signing in with the Session of ConfirmSignUp.
//!
//! Witness: Developer Guide, "Automatic sign-in with OTPs"; SignUp and ConfirmSignUp, "Session".

use serde_json::{Value, json};

use crate::sign_in_world::{INVALID_SESSION, TestPool, USED_SESSION, first_factors, is_signed_in};
use crate::world::{PASSWORD, World, assert_refused};

fn pool(world: &World) -> TestPool<'_> {
    let policies = first_factors(&["PASSWORD", "EMAIL_OTP"]);
    TestPool::new(world, json!({ "Policies": policies, "AutoVerifiedAttributes": ["email"] }))
}

/// Signs up: the session.
fn sign_up(pool: &TestPool<'_>, name: &str) -> Value {
    let attributes = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
    let body = json!({ "ClientId": pool.client, "Username": name, "Password": PASSWORD, "UserAttributes": attributes });
    pool.world.ok("SignUp", body)["Session"].take()
}

fn confirm(pool: &TestPool<'_>, name: &str, session: &Value) -> Value {
    json!({
        "ClientId": pool.client, "Username": name, "ConfirmationCode": pool.world.code(name), "Session": session,
    })
}

fn sign_in(pool: &TestPool<'_>, session: &Value, parameters: Value) -> Value {
    let mut body = pool.initiate("USER_AUTH", parameters);
    body["Session"] = session.clone();
    body
}

#[test]
fn the_code_of_the_sign_up_signs_in() {
    let world = World::new();
    let pool = pool(&world);
    for (name, parameters) in [
        ("zoe", json!({ "USERNAME": "zoe" })),
        ("max", json!({})),
        ("tim", json!({ "PREFERRED_CHALLENGE": "EMAIL_OTP" })),
    ] {
        let first = sign_up(&pool, name);
        let confirmed = world.ok("ConfirmSignUp", confirm(&pool, name, &first));
        let last = sign_in(&pool, &confirmed["Session"], parameters);
        assert!(is_signed_in(&world.ok("InitiateAuth", last.clone())), "{name}");
        assert_refused(world.err("InitiateAuth", last), USED_SESSION);
    }
}

#[test]
fn there_is_no_session_where_codes_are_no_first_factor() {
    let world = World::new();
    let passwords = TestPool::new(&world, json!({ "AutoVerifiedAttributes": ["email"] }));
    assert_eq!(sign_up(&passwords, "zoe"), Value::Null);
    let confirmed = json!({ "ClientId": passwords.client, "Username": "zoe", "ConfirmationCode": world.code("zoe") });
    assert_eq!(world.ok("ConfirmSignUp", confirmed), json!({}));
    let pool = pool(&world);
    let client = pool.add_client(json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }));
    let pool = TestPool { client, ..pool };
    assert_eq!(sign_up(&pool, "zoe"), Value::Null);
}

#[test]
fn sessions_are_one_users_and_of_one_kind_and_expire() {
    let world = World::new();
    let pool = pool(&world);
    let (zoe, max) = (sign_up(&pool, "zoe"), sign_up(&pool, "max"));
    assert_refused(world.err("ConfirmSignUp", confirm(&pool, "zoe", &max)), INVALID_SESSION);
    assert_refused(world.err("InitiateAuth", sign_in(&pool, &zoe, json!({ "USERNAME": "zoe" }))), INVALID_SESSION);
    let mut wrong = confirm(&pool, "zoe", &zoe);
    wrong["ConfirmationCode"] = json!("nonsense");
    assert_eq!(world.err("ConfirmSignUp", wrong).0, "CodeMismatchException");
    let confirmed = world.ok("ConfirmSignUp", confirm(&pool, "zoe", &zoe));
    let session = &confirmed["Session"];
    assert_refused(world.err("InitiateAuth", sign_in(&pool, session, json!({ "USERNAME": "max" }))), INVALID_SESSION);
    let mut elsewhere = sign_in(&pool, session, json!({ "USERNAME": "zoe" }));
    elsewhere["ClientId"] = json!(pool.add_client(json!({})));
    assert_refused(world.err("InitiateAuth", elsewhere), INVALID_SESSION);
    let mut password = pool.password("zoe");
    password["Session"] = session.clone();
    assert_eq!(world.err("InitiateAuth", password).0, "InvalidParameterException", "it is for USER_AUTH");
    world.advance(180);
    let expired = "Invalid session for the user, session is expired.";
    assert_refused(world.err("InitiateAuth", sign_in(&pool, session, json!({ "USERNAME": "zoe" }))), expired);
    assert_refused(world.err("ConfirmSignUp", confirm(&pool, "max", &max)), expired);
}

#[test]
fn the_session_of_a_user_with_mfa_opens_the_choice_only() {
    let world = World::new();
    let pool = pool(&world);
    let first = sign_up(&pool, "zoe");
    let confirmed = world.ok("ConfirmSignUp", confirm(&pool, "zoe", &first));
    pool.set_mfa("OPTIONAL", &["SOFTWARE_TOKEN_MFA"]);
    let token = pool.token("zoe");
    pool.set_up_app(&token);
    let prefer = json!({ "AccessToken": token, "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    world.ok("SetUserMFAPreference", prefer);
    let reply = world.ok("InitiateAuth", sign_in(&pool, &confirmed["Session"], json!({ "USERNAME": "zoe" })));
    assert_eq!(reply["ChallengeName"], "SELECT_CHALLENGE");
    assert_eq!(reply["AvailableChallenges"], json!(["PASSWORD_SRP", "PASSWORD"]));
}

#[test]
fn a_client_with_a_secret_proves_it() {
    let world = World::new();
    let pool = pool(&world);
    let client = world.ok("CreateUserPoolClient", json!({
        "UserPoolId": pool.id, "ClientName": "secret", "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_USER_AUTH"],
    }));
    let client = &client["UserPoolClient"];
    let (id, secret) = (client["ClientId"].as_str().unwrap(), client["ClientSecret"].as_str().unwrap());
    let hash = crate::confidential_client::secret_hash(secret, "zoe", id);
    let attributes = json!([{ "Name": "email", "Value": "zoe@example.com" }]);
    let body = json!({ "ClientId": id, "Username": "zoe", "SecretHash": hash, "UserAttributes": attributes });
    let session = world.ok("SignUp", body)["Session"].take();
    let confirm = json!({
        "ClientId": id, "Username": "zoe", "SecretHash": hash, "ConfirmationCode": world.code("zoe"), "Session": session,
    });
    let session = world.ok("ConfirmSignUp", confirm)["Session"].take();
    let start = |parameters| json!({ "AuthFlow": "USER_AUTH", "ClientId": id, "AuthParameters": parameters, "Session": session });
    let error = world.err("InitiateAuth", start(json!({ "USERNAME": "zoe" })));
    assert!(error.0 == "NotAuthorizedException" && error.1.contains("SECRET_HASH was not received"), "{error:?}");
    assert!(is_signed_in(&world.ok("InitiateAuth", start(json!({ "USERNAME": "zoe", "SECRET_HASH": hash })))));
}
