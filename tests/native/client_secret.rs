//! App clients with a secret: `SECRET_HASH` by a value or by a function of the app's, and the calls that want the secret itself.

use std::cell::RefCell;
use std::rc::Rc;

use poolpass::flow::sign_in::SignIn;
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use poolpass::idp::app_call::secret_hash;
use poolpass::secret::Secret;
use serde_json::Value as Json;

use crate::redirect::{arrive, come_back, sign_in_page};
use crate::stage::{APP, HOUR_MS, Stage, Tab, alice, block_on, everywhere};

const SECRET: &str = "2drvauk7vwzzutkw95r2f4qkks4rfgy134o5og2080opxn7yftd";

/// Source: pycognito, see `tests/vectors/README.md`.
#[test]
fn the_hash_is_that_of_other_programs() {
    let vectors: Json = serde_json::from_str(include_str!("../vectors/secret_hash.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let hash = secret_hash(&text("client_secret").into(), text("username"), text("client_id"));
        assert_eq!(hash.expose_secret(), text("secret_hash"), "{case}");
    }
}

/// A stage with a confidential client, and the client's ID.
fn confidential() -> (Stage, String) {
    let stage = Stage::new("");
    let made = stage.administer(
        "CreateUserPoolClient",
        &format!(
            r#"{{"UserPoolId": "eu-west-1_PoolPass1", "ClientName": "confidential", "ClientSecret": "{SECRET}",
                "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                "EnableTokenRevocation": true, "AllowedOAuthFlowsUserPoolClient": true,
                "SupportedIdentityProviders": ["COGNITO"], "AllowedOAuthFlows": ["code"],
                "AllowedOAuthScopes": ["openid", "email"], "CallbackURLs": ["{APP}"], "LogoutURLs": ["{APP}"]}}"#
        ),
    );
    let id = made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    (stage.with_client(&id), id)
}

fn tab_with(stage: &Stage, client_id: &str, setting: &str) -> Tab {
    let config = format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{client_id}", {setting},
            "oauth": {{"domain": "poolpass-local.auth.eu-west-1.amazoncognito.com", "scopes": ["openid", "email"],
                "redirectSignIn": ["{APP}"], "redirectSignOut": ["{APP}"]}}}},
            "endpoint": "http://localhost:9400"}}"#
    );
    Tab::open(&config, stage.world.tab())
}

/// A tab whose app asks a server for the hashes, and the user names that it asked for.
fn asking(stage: &Stage, client_id: &str) -> (Tab, Rc<RefCell<Vec<String>>>) {
    let asked = Rc::<RefCell<Vec<String>>>::default();
    let (names, id) = (Rc::clone(&asked), client_id.to_owned());
    stage.world.set_secret_hash(move |username| {
        names.borrow_mut().push(username.to_owned());
        Ok(secret_hash(&SECRET.into(), username, &id))
    });
    (tab_with(stage, client_id, r#""clientSecret": true"#), asked)
}

#[test]
fn without_its_secret_the_client_is_refused_with_advice() {
    let (stage, id) = confidential();
    let tab = tab_with(&stage, &id, r#""clientSecret": null"#);
    let error = block_on(tab.client.sign_in(&alice())).unwrap_err();
    assert_eq!((error.code(), error.reason()), ("service", Some("client_has_secret")));
    assert!(error.recovery_suggestion().unwrap().contains("userPool.clientSecret"));
}

#[test]
fn a_value_serves_every_call_of_the_app() {
    let (stage, id) = confidential();
    let tab = tab_with(&stage, &id, &format!(r#""clientSecret": "{SECRET}""#));
    let client = &tab.client;
    let signed_up = block_on(client.sign_up(&SignUp {
        username: "zoe".into(),
        password: "Correct-Horse7!".into(),
        attributes: vec![("email".into(), "zoe@example.com".into())],
        ..SignUp::default()
    }));
    assert!(!signed_up.unwrap().confirmed);
    block_on(client.resend_sign_up_code(&ResendSignUpCode { username: "zoe".into(), ..ResendSignUpCode::default() }))
        .unwrap();
    let wrong = ConfirmSignUp { username: "zoe".into(), code: "000000".into(), ..ConfirmSignUp::default() };
    assert_eq!(block_on(client.confirm_sign_up(&wrong)).unwrap_err().name(), "CodeMismatchException");
    // Alice by her e-mail address: the answer to the challenge carries the hash of the name that the service gave.
    let by_mail = SignIn { username: "alice@example.com".into(), ..alice() };
    block_on(client.sign_in(&by_mail)).unwrap();
    stage.sent();
    assert!(block_on(tab.access_token(true)).unwrap().is_some());
    let out = block_on(client.sign_out_here(false)).unwrap();
    assert!(out.not_revoked.is_none(), "{:?}", out.not_revoked);
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken", "RevokeToken"]);
}

#[test]
fn a_function_is_asked_for_the_name_that_each_request_carries() {
    let (stage, id) = confidential();
    let (tab, asked) = asking(&stage, &id);
    block_on(tab.client.sign_in(&SignIn { username: "alice@example.com".into(), ..alice() })).unwrap();
    let user = block_on(tab.client.current_session()).unwrap().username().to_owned();
    assert_eq!(asked.take(), ["alice@example.com", &user]);
    stage.sent();
    let before = block_on(tab.access_token(false)).unwrap();
    let after = block_on(tab.access_token(true)).unwrap();
    assert_ne!(before, after);
    assert_eq!((asked.take(), stage.sent()), (vec![user], vec!["InitiateAuth".to_owned()]));
}

#[test]
fn a_sign_out_with_a_function_says_that_nothing_was_revoked() {
    let (stage, id) = confidential();
    let (tab, _) = asking(&stage, &id);
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.sent();
    let error = block_on(tab.client.sign_out_here(false)).unwrap().not_revoked.unwrap();
    assert_eq!((error.code(), error.detail()), ("bad_config", Some("userPool.clientSecret")));
    assert!(stage.sent().is_empty());
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.sent();
    let out = block_on(tab.client.sign_out(&everywhere())).unwrap();
    assert!(out.not_revoked.is_none(), "{:?}", out.not_revoked);
    assert_eq!(stage.sent(), ["GlobalSignOut"]);
}

#[test]
fn what_the_function_says_is_passed_on_and_ends_no_session() {
    let (stage, id) = confidential();
    let (tab, _) = asking(&stage, &id);
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.sent();
    stage.world.set_secret_hash(|_| Err("the server is away".to_owned()));
    let error = block_on(tab.access_token(true)).unwrap_err();
    assert_eq!((error.code(), error.detail()), ("callback", Some("the server is away")));
    assert!(stage.sent().is_empty());
    // The tokens are used for the rest of their life, and a later refresh asks again.
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    stage.world.advance_ms(HOUR_MS);
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().code(), "callback");
    let (_, _) = asking(&stage, &id);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn the_hosted_ui_wants_the_secret_itself() {
    let (stage, id) = confidential();
    let tab = tab_with(&stage, &id, &format!(r#""clientSecret": "{SECRET}""#));
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    let (tab, asked) = asking(&stage, &id);
    stage.sent();
    let error = block_on(tab.client.sign_in_with_redirect(&sign_in_page())).unwrap_err();
    assert_eq!((error.code(), error.detail()), ("bad_config", Some("userPool.clientSecret")));
    assert!(stage.sent().is_empty() && asked.take().is_empty());
}

#[test]
fn a_wrong_hash_is_the_services_error_and_ends_no_session() {
    let (stage, id) = confidential();
    let (tab, _) = asking(&stage, &id);
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.world.set_secret_hash(|_| Ok(Secret::from("bm8=")));
    let error = block_on(tab.access_token(true)).unwrap_err();
    assert_eq!((error.code(), error.reason()), ("service", Some("client_has_secret")));
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn a_secret_is_a_text_or_a_function() {
    for setting in ["1", "false", "{}", "\"\""] {
        let config = format!(
            r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "abc", "clientSecret": {setting}}}}}"#
        );
        let error = config.parse::<poolpass::Config>().unwrap_err();
        assert_eq!((error.code(), error.detail()), ("bad_config", Some("userPool.clientSecret")), "{setting}");
    }
}
