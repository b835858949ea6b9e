//! The typed calls of the account: the input that each gives its row of the table, and what Rust apps get from the emulator's core.

use std::cell::RefCell;
use std::rc::Rc;

use poolpass::client::account::{Account, MfaSetting, Perform, Performing};
use poolpass::flow::sign_in::{FirstFactor, SecondFactor, SignInStep};
use poolpass::idp::{Operation, operations};
use poolpass::json::Value;
use serde_json::json;

use crate::made_pool::{MadePool, PASSWORD};
use crate::stage::{ROTATING, Stage, Tab, WEB, alice, block_on, enter};

const NEW_PASSWORD: &str = "Another-Horse8!";

/// Notes the calls, and sends nothing.
#[derive(Clone, Default)]
struct Recorder(Rc<RefCell<Vec<(&'static str, serde_json::Value)>>>);

impl Perform for Recorder {
    fn perform(self: Rc<Self>, operation: &'static Operation, input: Value) -> Performing<Value> {
        operation.check(&input).unwrap();
        let input = serde_json::from_str(input.to_json().expose_secret()).unwrap();
        self.0.borrow_mut().push((operation.method, input));
        Box::pin(async { Ok(Value::object([])) })
    }
}

impl Account for Recorder {
    fn performer(&self) -> Rc<dyn Perform> {
        Rc::new(self.clone())
    }
}

/// Each call with all that it takes.
async fn all_calls(account: &Recorder) -> Result<(), poolpass::Error> {
    account.reset_password("ada").client_metadata("m", "1").await?;
    account.confirm_reset_password("ada", "new", "123456").client_metadata("m", "1").await?;
    account.update_password("old", "new").await?;
    account.set_first_password("new").await?;
    let attributes = account.update_user_attributes().attribute("email", "a@b").attribute("name", "Ada");
    attributes.client_metadata("m", "1").await?;
    account.delete_user_attributes(&["name", "nickname"]).await?;
    account.send_user_attribute_verification_code("email").client_metadata("m", "1").await?;
    account.confirm_user_attribute("email", "123456").await?;
    account.delete_user().await?;
    account.set_up_totp().await?;
    account.verify_totp_setup("123456").device_name("phone").await?;
    account.fetch_mfa_preference().await?;
    let settings = account.update_mfa_preference().sms(MfaSetting::Disabled).totp(MfaSetting::Preferred);
    settings.email(MfaSetting::NotPreferred).passkey(true).await?;
    account.update_mfa_preference().sms(MfaSetting::Enabled).passkey(false).await?;
    account.fetch_auth_factors().await?;
    account.list_sessions().page("next").await?;
    account.revoke_session("s").linked().await?;
    account.update_auth_event_feedback("ada", "e", "t", true).await?;
    account.update_auth_event_feedback("ada", "e", "t", false).await?;
    Ok(())
}

#[test]
fn each_call_gives_its_row_the_input_of_the_api() {
    let stage = Stage::new(WEB);
    enter(&stage.world);
    let recorder = Recorder::default();
    block_on(all_calls(&recorder)).unwrap();
    let metadata = json!({"clientMetadata": {"m": "1"}});
    let feedback = |word| json!({"username": "ada", "eventId": "e", "feedbackToken": "t", "feedbackValue": word});
    let expected = [
        ("resetPassword", json!({"username": "ada", "options": metadata})),
        (
            "confirmResetPassword",
            json!({"username": "ada", "newPassword": "new", "confirmationCode": "123456", "options": metadata}),
        ),
        ("updatePassword", json!({"newPassword": "new", "oldPassword": "old"})),
        ("updatePassword", json!({"newPassword": "new"})),
        ("updateUserAttributes", json!({"userAttributes": {"email": "a@b", "name": "Ada"}, "options": metadata})),
        ("deleteUserAttributes", json!({"userAttributeKeys": ["name", "nickname"]})),
        ("sendUserAttributeVerificationCode", json!({"userAttributeKey": "email", "options": metadata})),
        ("confirmUserAttribute", json!({"userAttributeKey": "email", "confirmationCode": "123456"})),
        ("deleteUser", json!({})),
        ("setUpTOTP", json!({})),
        ("verifyTOTPSetup", json!({"code": "123456", "options": {"friendlyDeviceName": "phone"}})),
        ("fetchMFAPreference", json!({})),
        (
            "updateMFAPreference",
            json!({"sms": "DISABLED", "totp": "PREFERRED", "email": "NOT_PREFERRED", "passkey": "ENABLED"}),
        ),
        ("updateMFAPreference", json!({"sms": "ENABLED", "passkey": "DISABLED"})),
        ("fetchAuthFactors", json!({})),
        ("listSessions", json!({"nextToken": "next"})),
        ("revokeSession", json!({"sessionId": "s", "options": {"revokeAssociatedSessions": "LINKED"}})),
        ("updateAuthEventFeedback", feedback("Valid")),
        ("updateAuthEventFeedback", feedback("Invalid")),
    ];
    assert_eq!(*recorder.0.borrow(), expected);
}

/// Rows whose calls are methods of their own.
const OTHERS: [&str; 13] = [
    "signUp",
    "confirmSignUp",
    "resendSignUpCode",
    "fetchUserAttributes",
    "updateUserAttribute", // updateUserAttributes does it
    "listWebAuthnCredentials",
    "deleteWebAuthnCredential",
    "startWebAuthnRegistration", // associate_web_authn_credential does both
    "completeWebAuthnRegistration",
    "fetchDevices",
    "getDevice",
    "rememberDevice",
    "forgetDevice",
];

#[test]
fn every_row_of_the_table_has_a_typed_call() {
    let stage = Stage::new(WEB);
    enter(&stage.world);
    let recorder = Recorder::default();
    block_on(all_calls(&recorder)).unwrap();
    let calls = recorder.0.borrow();
    for row in operations::ALL {
        let is_called = calls.iter().any(|(method, _)| *method == row.method);
        assert_ne!(is_called, OTHERS.contains(&row.method), "{}", row.method);
    }
}

fn signs_in(tab: &Tab, password: &str) -> bool {
    let input = poolpass::flow::sign_in::SignIn { password: password.into(), ..alice() };
    matches!(block_on(tab.client.sign_in(&input)), Ok(SignInStep::Done { .. }))
}

#[test]
fn a_password_is_reset_and_changed() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let delivery = block_on(tab.client.reset_password("alice").into_future()).unwrap();
    assert_eq!(delivery.medium.as_deref(), Some("EMAIL"));
    let wrong = block_on(tab.client.confirm_reset_password("alice", NEW_PASSWORD, "0").into_future()).unwrap_err();
    assert_eq!(wrong.name(), "CodeMismatchException");
    block_on(tab.client.confirm_reset_password("alice", NEW_PASSWORD, stage.code("alice")).into_future()).unwrap();
    assert!(signs_in(&tab, NEW_PASSWORD));
    let wrong = block_on(tab.client.update_password("Wrong-Horse9!", PASSWORD).into_future()).unwrap_err();
    assert_eq!(wrong.name(), "NotAuthorizedException");
    block_on(tab.client.update_password(NEW_PASSWORD, "Third-Horse10!").into_future()).unwrap();
    assert!(signs_in(&tab, "Third-Horse10!"));
}

#[test]
fn attributes_are_changed_confirmed_and_removed() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let attribute = |name: &str| {
        let all = block_on(tab.client.fetch_user_attributes()).unwrap();
        all.into_iter().find_map(|(key, value)| (key == name).then_some(value))
    };
    let change = tab.client.update_user_attributes().attribute("email", "al@example.com").attribute("nickname", "Al");
    let deliveries = block_on(change.into_future()).unwrap();
    assert_eq!(deliveries.len(), 1);
    assert_eq!((deliveries[0].attribute.as_deref(), attribute("nickname").as_deref()), (Some("email"), Some("Al")));
    let delivery = block_on(tab.client.send_user_attribute_verification_code("email").into_future()).unwrap();
    assert_eq!(delivery.medium.as_deref(), Some("EMAIL"));
    block_on(tab.client.confirm_user_attribute("email", stage.code("alice")).into_future()).unwrap();
    assert_eq!(attribute("email_verified").as_deref(), Some("true"));
    block_on(tab.client.delete_user_attributes(&["nickname"]).into_future()).unwrap();
    assert_eq!(attribute("nickname"), None);
    let nothing = block_on(tab.client.update_user_attributes().into_future()).unwrap_err();
    assert_eq!((nothing.code(), nothing.detail()), ("bad_input", Some("userAttributes")));
}

#[test]
fn an_authenticator_app_is_set_up_and_preferred() {
    let pool = MadePool::new(json!({}));
    pool.user("zoe");
    pool.set_mfa("OPTIONAL", &["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]);
    let tab = pool.tab();
    let zoe =
        poolpass::flow::sign_in::SignIn { username: "zoe".into(), password: PASSWORD.into(), ..Default::default() };
    block_on(tab.client.sign_in(&zoe)).unwrap();
    assert_eq!(block_on(tab.client.fetch_mfa_preference().into_future()).unwrap(), Default::default());
    let setup = block_on(tab.client.set_up_totp().into_future()).unwrap();
    let secret = setup.secret.expose_secret();
    let uri = format!("otpauth://totp/Notes:zoe%40example.com?secret={secret}&issuer=Notes");
    assert_eq!(*setup.uri("Notes", "zoe@example.com").expose_secret(), uri);
    block_on(tab.client.verify_totp_setup(pool.totp(secret)).device_name("My phone").into_future()).unwrap();
    let settings = tab.client.update_mfa_preference().totp(MfaSetting::Preferred).email(MfaSetting::Enabled);
    block_on(settings.into_future()).unwrap();
    let preference = block_on(tab.client.fetch_mfa_preference().into_future()).unwrap();
    assert_eq!(preference.preferred, Some(SecondFactor::Totp));
    assert!([SecondFactor::Totp, SecondFactor::Email].iter().all(|factor| preference.enabled.contains(factor)));
    let factors = block_on(tab.client.fetch_auth_factors().into_future()).unwrap();
    assert_eq!((factors.username.as_str(), &factors.mfa), ("zoe", &preference));
    assert!(factors.factors.contains(&FirstFactor::Password), "{factors:?}");
}

#[test]
fn other_sessions_are_listed_and_ended() {
    let stage = Stage::new(WEB);
    let tracking = json!({
        "UserPoolId": "eu-west-1_PoolPass1", "UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 20},
    });
    stage.administer("SetUserPoolSessionConfiguration", &tracking.to_string());
    let here = stage.signed_in_tab();
    let there = stage.with_client(ROTATING).tab();
    block_on(there.client.sign_in(&alice())).unwrap();
    let page = block_on(here.client.list_sessions().into_future()).unwrap();
    assert_eq!((page.sessions.len(), page.next_token), (2, None));
    let other = page.sessions.iter().find(|session| !session.is_current).unwrap();
    assert_eq!((other.client_id.as_deref(), other.session_type.as_deref()), (Some(ROTATING), Some("TOKEN")));
    assert!(other.created_at.is_some_and(|seconds| seconds > 1_000_000_000));
    block_on(here.client.revoke_session(&other.session_id).into_future()).unwrap();
    assert_eq!(block_on(here.client.list_sessions().into_future()).unwrap().sessions.len(), 1);
}

#[test]
fn a_deleted_user_is_signed_out() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    block_on(tab.client.delete_user().into_future()).unwrap();
    assert_eq!(block_on(tab.client.current_session()).err().unwrap().code(), "signed_out");
    assert!(!signs_in(&tab, PASSWORD));
}

#[test]
fn a_request_prints_its_name_alone() {
    let stage = Stage::new(WEB);
    assert_eq!(format!("{:?}", stage.tab().client.set_first_password("secret")), "updatePassword");
}
