//! The typed steps of a sign-in, each answered against the emulator's core as a Rust app answers it.

use poolpass::client::challenge::{Challenge, SignIn as Outcome};
use poolpass::flow::sign_in::{AuthFlow, FirstFactor, SecondFactor, SetUpFactor, SignIn};
use poolpass::memory::StorageFault;
use poolpass::secret::Secret;
use serde_json::json;

use crate::made_pool::{MadePool, PASSWORD};
use crate::passkeys::{Scene, by_passkey};
use crate::stage::{Tab, block_on};

const NEW_PASSWORD: &str = "Another-Horse8!";

/// Signs zoe in with the password.
fn begin(tab: &Tab) -> Outcome {
    begin_with(tab, &SignIn { password: PASSWORD.into(), ..SignIn::default() })
}

fn begin_with(tab: &Tab, input: &SignIn) -> Outcome {
    let input = SignIn { username: "zoe".into(), ..input.clone() };
    block_on(async { tab.client.typed(tab.client.sign_in(&input).await?).await }).unwrap()
}

/// Takes the challenge of this kind.
macro_rules! challenge {
    ($kind:ident, $outcome:expr) => {
        match $outcome {
            Outcome::Challenge(Challenge::$kind(step)) => step,
            other => panic!("{other:?}"),
        }
    };
}

fn assert_done(outcome: &Outcome) {
    assert!(matches!(outcome, Outcome::Done { user, .. } if user.username == "zoe"), "{outcome:?}");
}

/// A pool where zoe has these second factors; with several she chooses.
fn with_factors(factors: &[&str]) -> MadePool {
    let pool = MadePool::new(json!({}));
    pool.user("zoe");
    pool.set_mfa("OPTIONAL", factors);
    pool.prefer("zoe", factors);
    pool
}

#[test]
fn a_code_says_where_it_was_sent_and_a_refused_one_gives_the_step_back() {
    for (factor, medium) in [("SMS_MFA", "SMS"), ("EMAIL_OTP", "EMAIL")] {
        let pool = with_factors(&[factor]);
        let tab = pool.tab();
        let code = match begin(&tab) {
            Outcome::Challenge(Challenge::SmsMfa(code)) if factor == "SMS_MFA" => code,
            Outcome::Challenge(Challenge::EmailOtp(code)) if factor == "EMAIL_OTP" => code,
            other => panic!("{other:?}"),
        };
        assert_eq!((code.login_id(), code.delivery().medium.as_deref()), ("zoe", Some(medium)));
        assert!(code.delivery().destination.is_some_and(|destination| destination.contains("***")));
        let refused = block_on(code.respond("000000").into_future()).unwrap_err();
        assert_eq!(refused.error.name(), "CodeMismatchException");
        assert_eq!(refused.to_string(), refused.error.to_string());
        let again = refused.again.expect("a wrong code can be tried again");
        pool.stage.sent();
        assert_done(&block_on(again.respond(pool.code("zoe")).into_future()).unwrap());
        assert_eq!(pool.stage.sent(), ["RespondToAuthChallenge"]);
    }
}

#[test]
fn an_empty_answer_is_an_error_before_any_request() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let tab = pool.tab();
    let code = challenge!(EmailOtp, begin(&tab));
    pool.stage.sent();
    let refused = block_on(code.respond(" ").into_future()).unwrap_err();
    assert_eq!((refused.error.code(), pool.stage.sent().len()), ("bad_input", 0));
    assert_done(&block_on(refused.again.unwrap().respond(pool.code("zoe")).into_future()).unwrap());
}

#[test]
fn a_step_that_is_over_is_not_given_back() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let tab = pool.tab();
    let expired = challenge!(EmailOtp, begin(&tab));
    pool.stage.world.advance_ms(200_000);
    let refused = block_on(expired.respond(pool.code("zoe")).into_future()).unwrap_err();
    assert_eq!((refused.error.reason(), refused.again.is_none()), (Some("session_expired"), true));
    let error: poolpass::Error = refused.into();
    assert_eq!(error.reason(), Some("session_expired"));

    let former = challenge!(EmailOtp, begin(&tab));
    let latest = challenge!(EmailOtp, begin(&tab));
    pool.stage.sent();
    let refused = block_on(former.respond(pool.code("zoe")).into_future()).unwrap_err();
    assert_eq!((refused.error.reason(), refused.again.is_none()), (Some("superseded"), true));
    assert_eq!(pool.stage.sent().len(), 0, "another step's answer is never sent");
    assert_done(&block_on(latest.respond(pool.code("zoe")).into_future()).unwrap());

    let left = challenge!(EmailOtp, begin(&tab));
    block_on(tab.client.sign_out_here(false)).unwrap();
    let refused = block_on(left.respond(pool.code("zoe")).into_future()).unwrap_err();
    assert_eq!((refused.error.reason(), refused.again.is_none()), (Some("no_sign_in"), true));
}

#[test]
fn a_storage_that_cannot_be_read_takes_no_step_away() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let tab = pool.tab();
    let code = challenge!(EmailOtp, begin(&tab));
    pool.stage.world.set_storage_fault(Some(StorageFault::ReadsFail));
    let refused = block_on(code.respond(pool.code("zoe")).into_future()).unwrap_err();
    assert_eq!(refused.error.code(), "storage_read");
    pool.stage.world.set_storage_fault(None);
    assert_done(&block_on(refused.again.unwrap().respond(pool.code("zoe")).into_future()).unwrap());
}

#[test]
fn a_reload_and_another_tab_get_the_typed_step() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let tab = pool.tab();
    drop(challenge!(EmailOtp, begin(&tab)));
    let tab = tab.reloaded();
    let challenge = block_on(tab.client.pending_challenge()).unwrap().unwrap();
    let text = challenge.step().serialize();
    let other = pool.tab();
    assert!(block_on(other.client.pending_challenge()).unwrap().is_none());
    block_on(other.client.resume_sign_in(&text)).unwrap().unwrap();
    let Some(Challenge::EmailOtp(code)) = block_on(other.client.pending_challenge()).unwrap() else {
        panic!("another step");
    };
    assert_done(&block_on(code.respond(pool.code("zoe")).into_future()).unwrap());
}

#[test]
fn a_second_factor_is_chosen() {
    let pool = with_factors(&["SMS_MFA", "EMAIL_OTP"]);
    let tab = pool.tab();
    for factor in [SecondFactor::Sms, SecondFactor::Email] {
        let choice = challenge!(ChooseSecondFactor, begin(&tab));
        assert_eq!(choice.factors(), [SecondFactor::Sms, SecondFactor::Email]);
        let next = block_on(choice.choose(factor).into_future()).unwrap();
        let code = match (factor, next) {
            (SecondFactor::Sms, Outcome::Challenge(Challenge::SmsMfa(code))) => code,
            (SecondFactor::Email, Outcome::Challenge(Challenge::EmailOtp(code))) => code,
            (_, other) => panic!("{other:?}"),
        };
        assert_done(&block_on(code.respond(pool.code("zoe")).into_future()).unwrap());
    }
}

#[test]
fn an_authenticator_app_is_set_up_and_asked_for() {
    let pool = MadePool::new(json!({}));
    pool.user("zoe");
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA"]);
    let tab = pool.tab();
    let set_up = challenge!(SetUpTotp, begin(&tab));
    let secret = set_up.secret().expose_secret().clone();
    assert_eq!(
        *set_up.uri("Notes: all").expose_secret(),
        format!("otpauth://totp/Notes%3A%20all:zoe?secret={secret}&issuer=Notes%3A%20all"),
    );
    let refused = block_on(set_up.respond("000000").into_future()).unwrap_err();
    assert_eq!(refused.error.name(), "EnableSoftwareTokenMFAException");
    let again = refused.again.unwrap();
    let done = again.respond(pool.totp(&secret)).device_name("My phone");
    assert_done(&block_on(done.into_future()).unwrap());

    let code = challenge!(TotpMfa, begin(&tab));
    pool.stage.world.advance_ms(30_000); // a code is good once
    assert_done(&block_on(code.respond(pool.totp(&secret)).into_future()).unwrap());
}

#[test]
fn the_factor_to_set_up_is_chosen() {
    // The same address can't serve for recovery.
    let recovery = json!({ "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] });
    let pool = MadePool::new(json!({ "AccountRecoverySetting": recovery }));
    pool.user("zoe");
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"]);
    let names = json!(["email", "phone_number"]);
    pool.administer("AdminDeleteUserAttributes", json!({ "Username": "zoe", "UserAttributeNames": names }));
    let tab = pool.tab();
    let choice = challenge!(ChooseSetUp, begin(&tab));
    assert_eq!(choice.factors().len(), 2);
    let _app = challenge!(SetUpTotp, block_on(choice.choose(SetUpFactor::Totp).into_future()).unwrap());
    let choice = challenge!(ChooseSetUp, begin(&tab));
    let email = challenge!(SetUpEmail, block_on(choice.choose(SetUpFactor::Email).into_future()).unwrap());
    let code = challenge!(EmailOtp, block_on(email.respond("new@example.com").into_future()).unwrap());
    assert_done(&block_on(code.respond(pool.code("zoe")).into_future()).unwrap());
}

#[test]
fn a_temporary_password_is_replaced_with_the_attributes_that_are_missing() {
    let schema = json!([{ "Name": "given_name", "AttributeDataType": "String", "Mutable": true, "Required": true }]);
    let pool = MadePool::new(json!({ "Schema": schema }));
    pool.user_with_temporary_password("zoe");
    let tab = pool.tab();
    let password = challenge!(NewPassword, begin(&tab));
    assert_eq!(password.missing_attributes(), ["given_name"]);
    let refused = block_on(password.respond(NEW_PASSWORD).into_future()).unwrap_err();
    assert_eq!(refused.error.name(), "InvalidParameterException");
    let answer = refused.again.unwrap().respond(NEW_PASSWORD).attribute("given_name", "Zoe");
    assert_done(&block_on(answer.into_future()).unwrap());
}

#[test]
fn a_first_factor_is_chosen_or_preferred() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } });
    let pool = MadePool::new(json!({ "Policies": policies }));
    pool.user("zoe");
    let tab = pool.tab();
    let open = SignIn { flow: AuthFlow::UserAuth, ..SignIn::default() };
    let choice = challenge!(ChooseFirstFactor, begin_with(&tab, &open));
    for factor in [FirstFactor::Password, FirstFactor::PasswordSrp, FirstFactor::EmailOtp, FirstFactor::SmsOtp] {
        assert!(choice.factors().contains(&factor), "{factor:?}");
    }
    let code = challenge!(EmailOtp, block_on(choice.choose(FirstFactor::EmailOtp).into_future()).unwrap());
    assert_done(&block_on(code.respond(pool.code("zoe")).into_future()).unwrap());
    for factor in [FirstFactor::Password, FirstFactor::PasswordSrp] {
        let choice = challenge!(ChooseFirstFactor, begin_with(&tab, &open));
        let password = challenge!(Password, block_on(choice.choose(factor).into_future()).unwrap());
        assert_done(&block_on(password.respond(PASSWORD).into_future()).unwrap());
    }
    let preferred = SignIn { preferred: Some(FirstFactor::SmsOtp), ..open };
    let code = challenge!(SmsOtp, begin_with(&tab, &preferred));
    assert_done(&block_on(code.respond(pool.code("zoe")).into_future()).unwrap());
}

#[test]
fn a_custom_challenge_has_its_public_parameters() {
    let pool = MadePool::with_custom_challenge();
    pool.user("zoe");
    let tab = pool.tab();
    let input = SignIn { flow: AuthFlow::CustomWithoutSrp, ..SignIn::default() };
    let custom = challenge!(Custom, begin_with(&tab, &input));
    let parameters = custom.parameters();
    let (name, value) = parameters.first().expect("the trigger has public parameters");
    assert_eq!(custom.parameter(name), Some(*value));
    drop(parameters);
    assert_done(&block_on(custom.respond(pool.code("zoe")).client_metadata("from", "app").into_future()).unwrap());
}

/// A tab where zoe is asked for a code by e-mail under another name of a challenge, as a later Cognito may have one.
fn renamed(pool: &MadePool, name: &str) -> (Tab, Option<Challenge>) {
    let tab = pool.tab();
    drop(challenge!(EmailOtp, begin(&tab)));
    let step = block_on(tab.client.pending_sign_in()).unwrap().unwrap();
    let text = step.serialize();
    let text =
        text.expose_secret().replace("\"ChallengeName\":\"EMAIL_OTP\"", &format!("\"ChallengeName\":\"{name}\""));
    block_on(tab.client.resume_sign_in(&Secret::from(text))).unwrap().unwrap();
    let challenge = block_on(tab.client.pending_challenge()).unwrap();
    (tab, challenge)
}

#[test]
fn an_unknown_challenge_is_answered_by_members_of_any_name() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let (_tab, challenge) = renamed(&pool, "EMAIL_OTP_2");
    let Some(Challenge::Unknown(unknown)) = challenge else { panic!("{challenge:?}") };
    assert_eq!((unknown.name(), unknown.parameter("CODE_DELIVERY_DELIVERY_MEDIUM")), ("EMAIL_OTP_2", Some("EMAIL")));
    assert!(unknown.parameters().iter().any(|(name, _)| *name == "CODE_DELIVERY_DESTINATION"));
    pool.stage.sent();
    let refused = block_on(unknown.respond().into_future()).unwrap_err();
    assert_eq!((refused.error.code(), pool.stage.sent().len()), ("bad_input", 0), "no answer at all");
    let answer = refused.again.unwrap().respond().response("EMAIL_OTP_2_CODE", "1");
    let refused = block_on(answer.into_future()).unwrap_err();
    assert_eq!(refused.error.name(), "InvalidParameterException", "the service saw the unknown name");
}

#[test]
fn what_is_printed_of_a_step_is_its_name() {
    let pool = with_factors(&["EMAIL_OTP"]);
    let tab = pool.tab();
    let outcome = begin(&tab);
    assert_eq!(format!("{outcome:?}"), "Challenge(EmailOtp(SentCode(EMAIL_OTP)))");
    let answer = challenge!(EmailOtp, outcome).respond("123456");
    assert_eq!(format!("{answer:?}"), "Answer { step: SentCode(EMAIL_OTP), .. }");
}

#[test]
fn a_typed_step_asks_for_the_passkey_once_more() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    scene.user.cancels();
    assert_eq!(block_on(by_passkey(&tab.client)).unwrap_err().reason(), Some("passkey_cancelled"));
    let Some(Challenge::Passkey(step)) = block_on(tab.client.pending_challenge()).unwrap() else {
        panic!("no passkey is asked for");
    };
    let refused = block_on(tab.client.answer_with_passkey(step)).unwrap_err();
    assert_eq!(refused.error.reason(), Some("passkey_cancelled"));
    scene.user.does(None);
    let done = block_on(tab.client.answer_with_passkey(refused.again.unwrap())).unwrap();
    assert!(matches!(done, Outcome::Done { user, .. } if user.username == "zoe"));
}
