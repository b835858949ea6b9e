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
    fn any_json_gets_a_modelled_answer(operation in prop::sample::select(conformance::operations(&conformance::USER_POOLS).collect::<Vec<_>>()), body in json_value()) {
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

    #[test]
    fn pages_and_endpoints_never_fail(
        method in prop::sample::select(vec!["GET", "POST", "PUT"]),
        path in prop::sample::select(PATHS.to_vec()),
        query in parameters(),
        form in parameters(),
        cookie in ".{0,20}",
        authorization in prop::option::of(".{0,40}|(Basic|Bearer) [A-Za-z0-9+/=.]{0,60}"),
    ) {
        let mut headers = vec![
            ("Host".to_owned(), "localhost:9400".to_owned()),
            ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
            ("Cookie".to_owned(), format!("cognito={cookie}")),
        ];
        headers.extend(authorization.map(|value| ("Authorization".to_owned(), value)));
        let target = format!("{path}?{query}");
        let http = WORLD.emulator.handle(HttpRequest { method: method.into(), target, headers, body: form.into_bytes() });
        prop_assert!((200..500).contains(&http.status) || http.status == 501, "{}", http.status);
        prop_assert_eq!(http.status == 302, http.header("Location").is_some());
        for (name, value) in &http.headers {
            prop_assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value}");
        }
    }
}

const PATHS: [&str; 17] = [
    "/changePassword",
    "/confirm",
    "/confirmUser",
    "/confirmforgotPassword",
    "/error",
    "/forgotPassword",
    "/login",
    "/logout",
    "/mfa",
    "/oauth2/authorize",
    "/oauth2/revoke",
    "/oauth2/token",
    "/oauth2/userInfo",
    "/passkeys/add",
    "/resendcode",
    "/signup",
    "/oauth2/idpresponse",
];

/// Parameters as they come, mixed with such as get past the first checks.
fn parameters() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "state",
        "scope",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "prompt",
        "max_age",
        "resource",
        "identity_provider",
        "idp_identifier",
        "login_hint",
        "logout_uri",
        "username",
        "password",
        "_csrf",
        "code",
        "grant_type",
        "refresh_token",
        "token",
        "client_secret",
        "error",
    ]);
    let values = prop_oneof![
        ".{0,20}",
        prop::sample::select(vec!["S256", "openid", "none", "authorization_code", "refresh_token", "alice", "%", "+"])
            .prop_map(str::to_owned)
    ];
    let good = "client_id=poolpasslocalwebclient0001&redirect_uri=http%3A%2F%2Flocalhost%3A9401%2F&response_type=code&\
                code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let start = prop::sample::select(vec!["", good]);
    (start, prop::collection::vec((names, values), 0..6)).prop_map(|(start, pairs)| {
        let rest: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{start}&{}", rest.join("&"))
    })
}
