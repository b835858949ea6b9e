//! Signing in and out, against the emulator's core.

use poolpass::error::ErrorKind;
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::{AuthFlow, SignIn, SignInStep};
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};

use crate::stage::{Stage, WEB, alice, block_on};

fn code_for(stage: &Stage, username: &str) -> String {
    let inbox = stage.control("GET", &format!("inbox?to={username}"), "");
    inbox["messages"][0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_sign_in_by_srp_takes_two_requests_and_emits_signed_in() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    assert!(matches!(block_on(tab.client.sign_in(&alice())).unwrap(), SignInStep::Done { .. }));
    assert_eq!(stage.sent(), ["InitiateAuth", "RespondToAuthChallenge"]);
    assert_eq!(tab.events(), ["signedIn"]);
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!(session.username(), "alice");
    assert_eq!(session.sign_in_details().unwrap().login_id, "alice");
}

#[test]
fn a_sign_out_revokes_the_token_and_removes_the_session() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    assert!(block_on(tab.client.sign_out(&SignOut::default())).unwrap().not_revoked.is_none());
    assert_eq!(stage.sent(), ["RevokeToken"]);
    assert_eq!(tab.events(), ["signedOut"]);
    assert_eq!(stage.stored(), None);
    assert!(matches!(block_on(tab.client.current_session()).err().unwrap().kind(), ErrorKind::SignedOut));
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
}

#[test]
fn groups_are_those_of_the_token() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    block_on(tab.client.sign_in(&alice())).unwrap();
    assert_eq!(block_on(tab.client.current_session()).unwrap().groups(), ["editors"]);
}

#[test]
fn a_sign_in_by_alias_proves_the_internal_user_name() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    block_on(tab.client.sign_in(&SignIn { username: "alice@example.com".into(), ..alice() })).unwrap();
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!(session.username(), "alice");
    assert_eq!(session.sign_in_details().unwrap().login_id, "alice@example.com");
}

#[test]
fn user_password_auth_takes_one_request() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    block_on(tab.client.sign_in(&SignIn { flow: AuthFlow::UserPasswordAuth, ..alice() })).unwrap();
    assert_eq!(stage.sent(), ["InitiateAuth"]);
    let details = block_on(tab.client.current_session()).unwrap().sign_in_details().unwrap().clone();
    assert_eq!(details.auth_flow, "USER_PASSWORD_AUTH");
}

#[test]
fn a_wrong_password_is_refused_and_stores_nothing() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
        for username in ["alice", "nobody"] {
            let input =
                SignIn { username: username.into(), password: "Wrong-Horse7!".into(), flow, ..SignIn::default() };
            let error = block_on(tab.client.sign_in(&input)).unwrap_err();
            assert_eq!(error.name(), "NotAuthorizedException");
            assert_eq!(error.message(), "Incorrect username or password.");
            assert_eq!(error.reason(), Some("wrong_password"));
            assert!(!error.retryable());
            assert!(error.service().unwrap().request_id.is_some());
        }
    }
    assert_eq!(stage.stored(), None);
    assert!(tab.events().is_empty());
}

#[test]
fn a_disabled_user_gets_the_reason() {
    let stage = Stage::new(WEB);
    let error = block_on(stage.tab().client.sign_in(&SignIn { username: "erin".into(), ..alice() })).unwrap_err();
    assert_eq!((error.name(), error.reason()), ("NotAuthorizedException", Some("user_disabled")));
}

#[test]
fn bad_input_makes_no_request() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let sign_in = |username: &str, password: &str| {
        let input = SignIn { username: username.into(), password: password.into(), ..SignIn::default() };
        block_on(tab.client.sign_in(&input)).unwrap_err().name().to_owned()
    };
    assert_eq!(sign_in("", "x"), "EmptySignInUsername");
    assert_eq!(sign_in("alice", ""), "EmptySignInPassword");
    assert_eq!(sign_in("al ice", "x"), "InvalidUsername");
    assert_eq!(sign_in("alice\n", "x"), "InvalidUsername");
    assert_eq!(sign_in(&"a".repeat(129), "x"), "InvalidUsername");
    assert_eq!(sign_in("alice", &"p".repeat(257)), "InvalidPasswordLength");
    let up = block_on(tab.client.sign_up(&SignUp::default())).unwrap_err();
    assert_eq!(up.name(), "EmptySignUpUsername");
    let input = ConfirmSignUp { username: "a".into(), code: " \n".into(), ..ConfirmSignUp::default() };
    assert_eq!(block_on(tab.client.confirm_sign_up(&input)).unwrap_err().name(), "EmptyConfirmSignUpCode");
    let resend = block_on(tab.client.resend_sign_up_code(&ResendSignUpCode::default())).unwrap_err();
    assert_eq!(resend.name(), "EmptyResendSignUpCodeUsername");
    assert!(stage.sent().is_empty());
}

#[test]
fn a_wrong_local_clock_does_not_prevent_a_sign_in() {
    for error_ms in [-86_400_000, -400_000, 400_000, 86_400_000, 400 * 86_400_000] {
        let stage = Stage::new(WEB);
        let tab = stage.tab();
        tab.platform.set_clock_error_ms(error_ms);
        block_on(tab.client.sign_in(&alice())).unwrap();
        stage.sent();
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        assert!(stage.sent().is_empty(), "a refresh at once, with the clock {error_ms} ms off");
        stage.world.advance_ms(3_700_000);
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"], "with the clock {error_ms} ms off");
        // The clock is put right: going back it says nothing, going forward it makes the tokens look old.
        tab.platform.set_clock_error_ms(0);
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        stage.sent();
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        assert!(stage.sent().is_empty());
    }
}

#[test]
fn the_first_request_of_a_sign_in_is_retried_after_a_lost_response() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    stage.fault("InitiateAuth", "dropAfter", "");
    assert!(matches!(block_on(tab.client.sign_in(&alice())).unwrap(), SignInStep::Done { .. }));
    assert_eq!(stage.sent(), ["InitiateAuth", "InitiateAuth", "RespondToAuthChallenge"]);
}

#[test]
fn the_answer_to_a_challenge_is_never_sent_twice() {
    for kind in ["dropBefore", "dropAfter", "truncate"] {
        let stage = Stage::new(WEB);
        let tab = stage.tab();
        stage.fault("RespondToAuthChallenge", kind, "");
        let error = block_on(tab.client.sign_in(&alice())).unwrap_err();
        assert_eq!((error.name(), error.code(), error.retryable()), ("NetworkError", "network", true));
        assert_eq!(stage.sent(), ["InitiateAuth", "RespondToAuthChallenge"]);
        assert_eq!(stage.stored(), None);
        assert!(matches!(block_on(tab.client.sign_in(&alice())).unwrap(), SignInStep::Done { .. }));
    }
}

#[test]
fn a_second_confirmation_after_a_lost_response_says_already_confirmed() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let resend = ResendSignUpCode { username: "carol".into(), ..ResendSignUpCode::default() };
    block_on(tab.client.resend_sign_up_code(&resend)).unwrap();
    let code = code_for(&stage, "carol");
    let input = ConfirmSignUp { username: "carol".into(), code: code.as_str().into(), ..ConfirmSignUp::default() };
    stage.fault("ConfirmSignUp", "dropAfter", "");
    assert_eq!(block_on(tab.client.confirm_sign_up(&input)).unwrap_err().name(), "NetworkError");
    let error = block_on(tab.client.confirm_sign_up(&input)).unwrap_err();
    assert_eq!((error.name(), error.reason()), ("NotAuthorizedException", Some("already_confirmed")));
    assert!(error.recovery_suggestion().is_some());
}

#[test]
fn throttled_requests_are_retried_and_then_fail() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let throttled = r#", "status": 400, "type": "TooManyRequestsException", "message": "Rate exceeded""#;
    stage.fault("InitiateAuth", "error", throttled);
    assert!(matches!(block_on(tab.client.sign_in(&alice())).unwrap(), SignInStep::Done { .. }));
    assert_eq!(stage.sent(), ["InitiateAuth", "InitiateAuth", "RespondToAuthChallenge"]);

    let limited = r#", "status": 400, "type": "LimitExceededException", "message": "Attempt limit exceeded, please try after some time.""#;
    stage.fault("ResendConfirmationCode", "error", limited);
    let input = ResendSignUpCode { username: "carol".into(), ..ResendSignUpCode::default() };
    let error = block_on(tab.client.resend_sign_up_code(&input)).unwrap_err();
    assert_eq!((error.reason(), error.retryable()), (Some("attempt_limit"), false));
    assert_eq!(stage.sent(), ["ResendConfirmationCode"]);
}

#[test]
fn an_aborted_sign_in_stores_nothing() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    tab.platform.abort();
    let error = block_on(tab.client.sign_in(&alice())).unwrap_err();
    assert_eq!((error.name(), error.code()), ("AbortError", "aborted"));
    assert!(stage.sent().is_empty());
    assert_eq!(stage.stored(), None);
}

#[test]
fn tokens_of_somebody_elses_client_are_refused() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    stage.fault("RespondToAuthChallenge", "garbage", "");
    let error = block_on(tab.client.sign_in(&alice())).unwrap_err();
    assert_eq!(error.code(), "invalid_response");
    assert_eq!(stage.stored(), None);
}
