//! Signing up and confirming it, against the emulator's core.

use poolpass::flow::sign_in::{AuthFlow, SignIn, SignInStep};
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp, SignUpResult};

use serde_json::json;

use crate::made_pool::{MadePool, PASSWORD};
use crate::stage::{Stage, Tab, WEB, block_on};

fn frida() -> SignIn {
    SignIn { username: "frida".into(), password: "Wild-Strawberry9!".into(), ..SignIn::default() }
}

/// A tab where frida has signed up, and the result.
fn signed_up(stage: &Stage) -> (Tab, SignUpResult) {
    let tab = stage.tab();
    let new_user = SignUp {
        username: "frida".into(),
        password: "Wild-Strawberry9!".into(),
        attributes: vec![("email".into(), "frida@example.com".into())],
        ..SignUp::default()
    };
    let result = block_on(tab.client.sign_up(&new_user)).unwrap();
    (tab, result)
}

fn code(stage: &Stage) -> String {
    let inbox = stage.control("GET", "inbox?to=frida", "");
    inbox["messages"][0]["code"].as_str().unwrap().to_owned()
}

fn confirm(tab: &Tab, code: &str) -> Result<(), poolpass::Error> {
    let input = ConfirmSignUp { username: "frida".into(), code: code.into(), ..ConfirmSignUp::default() };
    block_on(tab.client.confirm_sign_up(&input)).map(drop)
}

#[test]
fn a_sign_up_sends_a_code_and_tells_where_it_went() {
    let stage = Stage::new(WEB);
    let (_, result) = signed_up(&stage);
    assert!(!result.confirmed);
    assert_eq!(result.delivery.unwrap().destination.as_deref(), Some("f***@e***"));
    assert_eq!(code(&stage).len(), 6);
}

#[test]
fn an_unconfirmed_user_has_to_confirm_the_sign_up_first() {
    let stage = Stage::new(WEB);
    let (tab, _) = signed_up(&stage);
    assert!(matches!(block_on(tab.client.sign_in(&frida())).unwrap(), SignInStep::ConfirmSignUp));
    assert_eq!(stage.stored(), None);
}

#[test]
fn a_new_code_can_be_requested() {
    let stage = Stage::new(WEB);
    let (tab, _) = signed_up(&stage);
    let first = code(&stage);
    let resend = ResendSignUpCode { username: "frida".into(), ..ResendSignUpCode::default() };
    assert_eq!(block_on(tab.client.resend_sign_up_code(&resend)).unwrap().medium.as_deref(), Some("EMAIL"));
    let second = code(&stage);
    assert_ne!(first, second);
    confirm(&tab, &second).unwrap();
}

#[test]
fn a_wrong_code_does_not_confirm_the_sign_up() {
    let stage = Stage::new(WEB);
    let (tab, _) = signed_up(&stage);
    let wrong = if code(&stage) == "000000" { "111111" } else { "000000" };
    assert_eq!(confirm(&tab, wrong).unwrap_err().name(), "CodeMismatchException");
    assert!(matches!(block_on(tab.client.sign_in(&frida())).unwrap(), SignInStep::ConfirmSignUp));
}

/// Blanks come along when a code is copied from a mail.
#[test]
fn blanks_in_a_code_are_ignored() {
    let stage = Stage::new(WEB);
    let (tab, _) = signed_up(&stage);
    let code = code(&stage);
    confirm(&tab, &format!(" {} {} ", &code[..3], &code[3..])).unwrap();
}

#[test]
fn a_confirmed_user_signs_in_and_has_the_attributes_of_the_sign_up() {
    let stage = Stage::new(WEB);
    let (tab, result) = signed_up(&stage);
    confirm(&tab, &code(&stage)).unwrap();
    assert!(matches!(block_on(tab.client.sign_in(&frida())).unwrap(), SignInStep::Done { .. }));
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!((session.username(), session.user_id()), ("frida", result.user_sub.as_str()));
    let attributes = block_on(tab.client.fetch_user_attributes()).unwrap();
    assert!(attributes.contains(&("email".into(), "frida@example.com".into())));
    assert!(attributes.contains(&("sub".into(), result.user_sub)));
}

#[test]
fn a_confirmed_user_signs_in_by_the_session_without_another_proof() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } });
    let pool = MadePool::new(json!({ "AutoVerifiedAttributes": ["email"], "Policies": policies }));
    let tab = pool.tab();
    let new_user = SignUp {
        username: "zoe".into(),
        password: PASSWORD.into(),
        attributes: vec![("email".into(), "zoe@example.com".into())],
        ..SignUp::default()
    };
    let session = block_on(tab.client.sign_up(&new_user)).unwrap().session;
    let confirm = |code: &str| {
        let input = ConfirmSignUp {
            username: "zoe".into(),
            code: code.into(),
            session: session.clone(),
            ..ConfirmSignUp::default()
        };
        block_on(tab.client.confirm_sign_up(&input))
    };
    assert_eq!(confirm("000000").unwrap_err().name(), "CodeMismatchException");
    let session = confirm(pool.code("zoe").expose_secret()).unwrap();
    pool.stage.sent();
    let input = SignIn { username: "zoe".into(), flow: AuthFlow::UserAuth, session, ..SignIn::default() };
    assert!(matches!(block_on(tab.client.sign_in(&input)).unwrap(), SignInStep::Done { .. }));
    assert_eq!(pool.stage.sent(), ["InitiateAuth"]);
    let error = block_on(tab.client.sign_in(&input)).unwrap_err();
    assert_eq!(error.reason(), Some("session_used"), "{error}");
}
