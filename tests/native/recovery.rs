//! Forgotten and changed passwords, against the emulator's core.

use poolpass::Error;
use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn, FirstFactor, SignIn, SignInStep};
use serde_json::{Value, json};

use crate::made_pool::MadePool;
use crate::stage::{HOUR_MS, Stage, Tab, WEB, alice, block_on};

const NEW: &str = "Purple-Elephant3#";

fn reset(tab: &Tab, user: &str) -> Result<Value, Error> {
    tab.call("resetPassword", &json!({"username": user}))
}

fn confirm(tab: &Tab, user: &str, code: &str, password: &str) -> Result<Value, Error> {
    tab.call("confirmResetPassword", &json!({"username": user, "confirmationCode": code, "newPassword": password}))
}

fn sign_in(tab: &Tab, password: &str) -> Result<SignInStep, Error> {
    block_on(tab.client.sign_in(&SignIn { password: password.into(), ..alice() }))
}

fn other(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

fn facts(error: &Error) -> (&str, Option<&str>, bool) {
    (error.name(), error.reason(), error.retryable())
}

#[test]
fn a_forgotten_password_is_replaced_with_a_code() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let to = json!({"destination": "a***@e***", "deliveryMedium": "EMAIL", "attributeName": "email"});
    let step = json!({"resetPasswordStep": "CONFIRM_RESET_PASSWORD_WITH_CODE", "codeDeliveryDetails": to});
    assert_eq!(reset(&tab, "alice").unwrap(), json!({"isPasswordReset": false, "nextStep": step}));
    let code = stage.code("alice");
    let wrong = confirm(&tab, "alice", other(&code), NEW).unwrap_err();
    assert_eq!(facts(&wrong), ("CodeMismatchException", None, true));
    // Blanks come along when a code is copied from a mail.
    assert_eq!(confirm(&tab, "alice", &format!(" {code} "), NEW).unwrap(), json!({}));
    assert_eq!(stage.sent(), ["ForgotPassword", "ConfirmForgotPassword", "ConfirmForgotPassword"]);
    assert_eq!(sign_in(&tab, "Correct-Horse7!").unwrap_err().reason(), Some("wrong_password"));
    assert!(matches!(sign_in(&tab, NEW).unwrap(), SignInStep::Done { .. }));
}

#[test]
fn a_code_expires_and_a_new_one_can_be_requested() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    reset(&tab, "alice").unwrap();
    let late = stage.code("alice");
    stage.world.advance_ms(HOUR_MS + 1000);
    let expired = confirm(&tab, "alice", &late, NEW).unwrap_err();
    assert_eq!(facts(&expired), ("ExpiredCodeException", None, false));
    reset(&tab, "alice").unwrap();
    confirm(&tab, "alice", &stage.code("alice"), NEW).unwrap();
}

#[test]
fn a_password_that_the_policy_forbids_leaves_the_code_good() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    reset(&tab, "alice").unwrap();
    let code = stage.code("alice");
    let weak = confirm(&tab, "alice", &code, "short").unwrap_err();
    assert_eq!(facts(&weak), ("InvalidPasswordException", None, false));
    assert!(weak.message().contains("not long enough"), "{weak}");
    confirm(&tab, "alice", &code, NEW).unwrap();
}

#[test]
fn each_state_that_has_no_reset_has_its_reason() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let temporary = reset(&tab, "dave").unwrap_err();
    assert_eq!(facts(&temporary), ("NotAuthorizedException", Some("temporary_password"), false));
    assert!(temporary.recovery_suggestion().unwrap().contains("temporary password"));
    // A client that hides unknown users says so of one without a verified address.
    stage.administer(
        "UpdateUserPoolClient",
        &json!({"UserPoolId": "eu-west-1_PoolPass1", "ClientId": WEB, "PreventUserExistenceErrors": "LEGACY"})
            .to_string(),
    );
    let unverified = reset(&tab, "carol").unwrap_err();
    assert_eq!(facts(&unverified), ("InvalidParameterException", Some("no_verified_address"), false));
    assert_eq!(facts(&reset(&tab, "nobody").unwrap_err()), ("UserNotFoundException", None, false));
    stage.administer(
        "UpdateUserPool",
        &json!({"UserPoolId": "eu-west-1_PoolPass1",
            "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}})
        .to_string(),
    );
    let closed = reset(&tab, "alice").unwrap_err();
    assert_eq!(facts(&closed), ("NotAuthorizedException", Some("recovery_by_admin_only"), false));
}

#[test]
fn requests_for_codes_are_limited_and_a_throttled_one_is_repeated() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    stage.fault(
        "ForgotPassword",
        "error",
        r#", "status": 400, "type": "TooManyRequestsException", "message": "Rate exceeded""#,
    );
    reset(&tab, "alice").unwrap();
    assert_eq!(stage.sent(), ["ForgotPassword", "ForgotPassword"]);
    let refused = (0..100).find_map(|_| reset(&tab, "alice").err()).unwrap();
    assert_eq!(facts(&refused), ("LimitExceededException", Some("attempt_limit"), false));
    stage.sent();
    assert!(reset(&tab, "alice").is_err());
    assert_eq!(stage.sent(), ["ForgotPassword"]);
}

/// The service may have taken the code of a request whose response was lost.
#[test]
fn a_confirmation_is_never_repeated() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    reset(&tab, "alice").unwrap();
    let code = stage.code("alice");
    stage.sent();
    stage.fault("ConfirmForgotPassword", "dropAfter", "");
    assert_eq!(confirm(&tab, "alice", &code, NEW).unwrap_err().code(), "network");
    assert_eq!(stage.sent(), ["ConfirmForgotPassword"]);
    assert!(matches!(sign_in(&tab, NEW).unwrap(), SignInStep::Done { .. }));
}

#[test]
fn a_user_changes_the_password() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let wrong = tab.call("updatePassword", &json!({"oldPassword": "Wrong-Horse7!", "newPassword": NEW})).unwrap_err();
    assert_eq!(facts(&wrong), ("NotAuthorizedException", Some("wrong_password"), false));
    assert_eq!(
        tab.call("updatePassword", &json!({"oldPassword": "Correct-Horse7!", "newPassword": NEW})).unwrap(),
        json!({})
    );
    assert_eq!(stage.sent(), ["ChangePassword", "ChangePassword"]);
    assert!(block_on(tab.access_token(true)).unwrap().is_some(), "the session goes on");
    assert!(matches!(sign_in(&tab, NEW).unwrap(), SignInStep::Done { .. }));
}

#[test]
fn without_a_session_nothing_is_sent() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let calls = [
        ("updatePassword", json!({"oldPassword": "a", "newPassword": "b"})),
        ("fetchUserAttributes", json!({})),
        ("updateUserAttributes", json!({"userAttributes": {"name": "A"}})),
        ("updateUserAttribute", json!({"userAttribute": {"attributeKey": "name", "value": "A"}})),
        ("deleteUserAttributes", json!({"userAttributeKeys": ["name"]})),
        ("sendUserAttributeVerificationCode", json!({"userAttributeKey": "email"})),
        ("confirmUserAttribute", json!({"userAttributeKey": "email", "confirmationCode": "1"})),
        ("setUpTOTP", json!({})),
        ("verifyTOTPSetup", json!({"code": "1"})),
        ("fetchMFAPreference", json!({})),
        ("updateMFAPreference", json!({"totp": "ENABLED"})),
        ("fetchAuthFactors", json!({})),
        ("deleteUser", json!({})),
    ];
    for (method, input) in calls {
        assert_eq!(tab.call(method, &input).unwrap_err().code(), "signed_out", "{method}");
    }
    assert!(stage.sent().is_empty());
}

/// What the service has done is not reported as failed. What belongs to a user who has left is returned to nobody.
#[test]
fn a_change_counts_although_the_session_ends_meanwhile() {
    let stage = Stage::new(WEB);
    for (method, input, outcome) in [
        ("updatePassword", json!({"oldPassword": "Correct-Horse7!", "newPassword": NEW}), Ok(json!({}))),
        ("fetchUserAttributes", json!({}), Err("signed_out")),
    ] {
        let tab = stage.tab();
        let password = if outcome.is_ok() { "Correct-Horse7!" } else { NEW };
        assert!(matches!(sign_in(&tab, password).unwrap(), SignInStep::Done { .. }));
        let (world, key) = (stage.world.clone(), stage.storage_key());
        stage.on_next_request(move || world.delete(&key));
        assert_eq!(tab.call(method, &input).map_err(|error| error.code()), outcome, "{method}");
        assert_eq!(block_on(tab.access_token(false)).unwrap(), None, "{method}");
    }
}

/// Such a user signs in with a code, and has no old password to give.
#[test]
fn a_user_without_a_password_sets_the_first_one() {
    let pool = MadePool::new(json!({
        "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    }));
    let attributes =
        json!([{"Name": "email", "Value": "zoe@example.com"}, {"Name": "email_verified", "Value": "true"}]);
    pool.administer(
        "AdminCreateUser",
        json!({"Username": "zoe", "UserAttributes": attributes, "MessageAction": "SUPPRESS"}),
    );
    let tab = pool.tab();
    let zoe = || SignIn { username: "zoe".into(), flow: AuthFlow::UserAuth, ..SignIn::default() };
    let asked = block_on(tab.client.sign_in(&SignIn { preferred: Some(FirstFactor::EmailOtp), ..zoe() })).unwrap();
    assert!(matches!(asked, SignInStep::Challenge(_)));
    let answer = ConfirmSignIn { response: pool.code("zoe"), ..ConfirmSignIn::default() };
    assert!(matches!(block_on(tab.client.confirm_sign_in(&answer)).unwrap(), SignInStep::Done { .. }));
    assert_eq!(tab.call("updatePassword", &json!({"newPassword": NEW})).unwrap(), json!({}));
    let with_password = SignIn { password: NEW.into(), flow: AuthFlow::UserSrpAuth, ..zoe() };
    assert!(matches!(block_on(tab.client.sign_in(&with_password)).unwrap(), SignInStep::Done { .. }));
}
