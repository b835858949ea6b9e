//! Step-up: `requireAuth` by the session's claims, and by `USER_AUTH` towards a level.

use poolpass::flow::sign_in::{ConfirmSignIn, RequireAuth, SignIn, SignInStep};
use poolpass::secret::Secret;
use serde_json::json;

use crate::made_pool::{MadePool, PASSWORD};
use crate::stage::{Tab, block_on};

/// A pool where zoe has SMS as second factor and may sign in by a code too.
fn pool() -> MadePool {
    let first = json!({"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}});
    let made = MadePool::new(json!({ "Policies": first }));
    made.set_mfa("OPTIONAL", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    made.user("zoe");
    made
}

fn signed_in(made: &MadePool, name: &str) -> Tab {
    let tab = made.tab();
    let input = SignIn { username: name.into(), password: PASSWORD.into(), ..SignIn::default() };
    assert!(matches!(block_on(tab.client.sign_in(&input)).unwrap(), SignInStep::Done { .. }));
    made.stage.sent();
    tab
}

fn levels(numbers: &[u8]) -> RequireAuth {
    let acr = numbers.iter().map(|number| format!("urn:cognito:loa:{number}")).collect();
    RequireAuth { acr, ..RequireAuth::default() }
}

fn answer(tab: &Tab, response: impl Into<Secret<String>>) -> Result<SignInStep, poolpass::Error> {
    block_on(tab.client.confirm_sign_in(&ConfirmSignIn { response: response.into(), ..ConfirmSignIn::default() }))
}

fn asked(step: &SignInStep) -> String {
    match step {
        SignInStep::Challenge(pending) => pending.challenge().name().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn acr(tab: &Tab) -> Option<String> {
    let session = block_on(tab.client.current_session()).unwrap();
    session.access_claims().json().str("acr").map(str::to_owned)
}

#[test]
fn a_password_is_stepped_up_by_the_second_factor_alone() {
    let made = pool();
    let tab = signed_in(&made, "zoe");
    made.prefer("zoe", &["SMS_MFA"]);
    let step = block_on(tab.client.require_auth(&levels(&[3]))).unwrap();
    assert_eq!((asked(&step).as_str(), made.stage.sent()), ("SMS_MFA", vec!["InitiateAuth".to_owned()]));
    // The session stays as it is until the step is done.
    assert_eq!(acr(&tab), None);
    assert!(matches!(answer(&tab, made.code("zoe")).unwrap(), SignInStep::Done { .. }));
    assert_eq!(acr(&tab).as_deref(), Some("urn:cognito:loa:3"));
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!(session.sign_in_details().unwrap().login_id, "zoe");
    // Now it is enough, as is every lower level.
    made.stage.sent();
    for enough in [levels(&[3]), levels(&[1]), levels(&[4, 2]), RequireAuth { max_age: Some(60), ..levels(&[3]) }] {
        let step = block_on(tab.client.require_auth(&enough)).unwrap();
        assert!(matches!(step, SignInStep::Done { .. }), "{enough:?}");
    }
    assert!(made.stage.sent().is_empty());
}

#[test]
fn an_old_sign_in_is_asked_again_by_the_servers_clock() {
    let made = pool();
    let tab = signed_in(&made, "zoe");
    let recent = RequireAuth { max_age: Some(60), ..RequireAuth::default() };
    assert!(matches!(block_on(tab.client.require_auth(&recent)).unwrap(), SignInStep::Done { .. }));
    made.stage.world.advance_ms(61_000);
    let step = block_on(tab.client.require_auth(&recent)).unwrap();
    assert_eq!(asked(&step), "SELECT_CHALLENGE");
    assert_eq!(asked(&answer(&tab, "EMAIL_OTP").unwrap()), "EMAIL_OTP");
    // A reload does not lose the step, and another answer may follow a wrong one.
    let tab = tab.reloaded();
    assert_eq!(answer(&tab, "00000000").unwrap_err().name(), "CodeMismatchException");
    assert!(matches!(answer(&tab, made.code("zoe")).unwrap(), SignInStep::Done { .. }));
    made.stage.sent();
    assert!(matches!(block_on(tab.client.require_auth(&recent)).unwrap(), SignInStep::Done { .. }));
    assert!(made.stage.sent().is_empty());
}

#[test]
fn whoever_signs_out_or_changes_meanwhile_gets_no_new_tokens() {
    let made = pool();
    made.user("max");
    let tab = signed_in(&made, "zoe");
    made.prefer("zoe", &["SMS_MFA"]);
    block_on(tab.client.require_auth(&levels(&[3]))).unwrap();
    let code = made.code("zoe");
    // In another tab max signs in.
    let other = signed_in(&made, "max");
    let error = answer(&tab, code).unwrap_err();
    assert_eq!(error.code(), "invalid_response");
    assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "max");
    block_on(other.client.sign_out_here(false)).unwrap();

    let tab = signed_in_with_sms(&made);
    block_on(tab.client.require_auth(&levels(&[3]))).unwrap();
    let code = made.code("zoe");
    block_on(tab.client.sign_out_here(false)).unwrap();
    assert!(answer(&tab, code).is_err());
    assert_eq!(block_on(tab.client.current_session()).err().unwrap().code(), "signed_out");
}

fn signed_in_with_sms(made: &MadePool) -> Tab {
    let tab = made.tab();
    let input = SignIn { username: "zoe".into(), password: PASSWORD.into(), ..SignIn::default() };
    let mut step = block_on(tab.client.sign_in(&input)).unwrap();
    if let SignInStep::Challenge(_) = &step {
        step = answer(&tab, made.code("zoe")).unwrap();
    }
    assert!(matches!(step, SignInStep::Done { .. }));
    tab
}

#[test]
fn what_was_proven_without_a_level_is_proven_once_more() {
    let made = pool();
    made.prefer("zoe", &["SMS_MFA"]);
    let tab = signed_in_with_sms(&made);
    assert_eq!(acr(&tab), None);
    made.stage.sent();
    let step = block_on(tab.client.require_auth(&levels(&[3]))).unwrap();
    // The service says that the token is enough, but the token does not say it.
    assert_eq!((asked(&step).as_str(), made.stage.sent().len()), ("SELECT_CHALLENGE", 2));
}

#[test]
fn what_the_user_cannot_reach_is_the_services_error() {
    let made = pool();
    let tab = signed_in(&made, "zoe");
    let error = block_on(tab.client.require_auth(&levels(&[4]))).unwrap_err();
    assert_eq!((error.code(), error.name()), ("service", "InvalidParameterException"));
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn a_requirement_needs_a_session_and_a_content() {
    let made = pool();
    let tab = made.tab();
    assert_eq!(block_on(tab.client.require_auth(&levels(&[1]))).unwrap_err().code(), "signed_out");
    let error = block_on(tab.client.require_auth(&RequireAuth::default())).unwrap_err();
    assert_eq!((error.code(), error.detail()), ("bad_input", Some("acr")));
    assert!(made.stage.sent().is_empty());
}
