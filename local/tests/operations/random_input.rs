//! Whatever comes in, a reply goes out.

use poolpass_local::core::HttpRequest;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use crate::conformance;
use crate::world::{POOL, ROTATION, WEB, World, service_request, signature};

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fn json_value() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        WEB,
        ROTATION,
        POOL,
        "alice",
        "USER_SRP_AUTH",
        "USER_PASSWORD_AUTH",
        "REFRESH_TOKEN_AUTH",
        "PASSWORD_VERIFIER",
        "NEW_PASSWORD_REQUIRED",
        "SOFTWARE_TOKEN_MFA",
        "MFA_SETUP",
        "123456",
        "",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,20}".prop_map(Value::from),
        words.prop_map(Value::from),
    ];
    let keys = prop::sample::select(vec![
        "ClientId",
        "Username",
        "Password",
        "UserPoolId",
        "AuthFlow",
        "AuthParameters",
        "ChallengeName",
        "ChallengeResponses",
        "Session",
        "AccessToken",
        "RefreshToken",
        "Token",
        "UserAttributes",
        "Name",
        "Value",
        "ConfirmationCode",
        "USERNAME",
        "PASSWORD",
        "SRP_A",
        "NEW_PASSWORD",
        "TIMESTAMP",
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "PASSWORD_CLAIM_SIGNATURE",
        "REFRESH_TOKEN",
        "Filter",
        "Limit",
        "PoolName",
        "Policies",
        "PasswordPolicy",
        "Schema",
        "ClientName",
        "ExplicitAuthFlows",
        "TokenValidityUnits",
        "RefreshTokenValidity",
        "UserCode",
        "SOFTWARE_TOKEN_MFA_CODE",
        "SoftwareTokenMfaSettings",
        "SoftwareTokenMfaConfiguration",
        "MfaConfiguration",
        "Enabled",
    ]);
    leaf.prop_recursive(4, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys.clone(), inner, 0..8).prop_map(Value::from_iter),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_gets_a_modelled_answer(operation in prop::sample::select(conformance::operations().collect::<Vec<_>>()), body in json_value()) {
        let reply = WORLD.call(operation, body);
        prop_assert!(reply.http.status == 200 || reply.http.status == 400);
        prop_assert_eq!(reply.http.status == 400, reply.http.header("x-amzn-ErrorType").is_some());
    }

    #[test]
    fn any_bytes_get_an_answer(method in "[A-Z]{0,7}", target in "/?.{0,40}", operation in ".{0,20}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut request = service_request(&operation, body);
        request.headers.push(("Authorization".into(), signature()));
        let http = WORLD.emulator.handle(HttpRequest { method, target, ..request });
        prop_assert!((200..500).contains(&http.status));
    }

    #[test]
    fn control_paths_get_an_answer(method in prop::sample::select(vec!["GET", "POST", "DELETE"]), path in prop::sample::select(vec!["clock", "faults", "inbox", "requests", "config", "totp", "totp?user=frank", "totp?secret=a"]), body in json_value()) {
        let http = WORLD.send(method, &format!("/_poolpass/{path}"), &body.to_string());
        prop_assert!([200, 400, 404, 405].contains(&http.status));
    }
}
