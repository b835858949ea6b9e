//! Every challenge through each flow that can lead to it, against the emulator's core. The requests are counted: no flow takes more
//! than the protocol's minimum.

use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn, FirstFactor, SignIn, SignInStep};
use serde_json::json;

use crate::made_pool::{MadePool, PASSWORD};
use crate::stage::{Tab, block_on};

const NEW_PASSWORD: &str = "Another-Horse8!";

fn sign_in(username: &str, flow: AuthFlow) -> SignIn {
    let password = if flow == AuthFlow::CustomWithoutSrp { "" } else { PASSWORD };
    SignIn { username: username.into(), password: password.into(), flow, ..SignIn::default() }
}

fn answer(text: impl Into<poolpass::secret::Secret<String>>) -> ConfirmSignIn {
    ConfirmSignIn { response: text.into(), ..ConfirmSignIn::default() }
}

/// Answers each step as a user would, until the user is signed in. Returns what was asked.
fn walk(pool: &MadePool, tab: &Tab, name: &str, first: SignInStep, choices: &[&str]) -> Vec<String> {
    let (mut step, mut asked, mut choices) = (first, Vec::new(), choices.iter());
    loop {
        let pending = match step {
            SignInStep::Challenge(pending) => pending,
            SignInStep::Done { .. } => return asked,
            other => panic!("{asked:?}, then {other:?}"),
        };
        let challenge = pending.challenge().name();
        let input = match (challenge, pending.choice()) {
            ("SMS_MFA" | "EMAIL_OTP" | "SMS_OTP", _) => answer(pool.code(name)),
            ("SOFTWARE_TOKEN_MFA", _) => {
                // A code is good once.
                pool.stage.world.advance_ms(30_000);
                answer(pool.totp(SECRET.with_borrow(Clone::clone).as_str()))
            }
            ("NEW_PASSWORD_REQUIRED", _) => answer(NEW_PASSWORD),
            ("CUSTOM_CHALLENGE", _) => answer(pool.code(name)),
            ("SELECT_CHALLENGE", Some(_)) | ("PASSWORD" | "PASSWORD_SRP", _) => answer(PASSWORD),
            ("MFA_SETUP", Some("EMAIL_OTP")) => answer("new@example.com"),
            ("MFA_SETUP", Some(_)) => {
                let secret = pending.totp_secret().unwrap().expose_secret();
                SECRET.set(secret.clone());
                answer(pool.totp(secret))
            }
            ("SELECT_CHALLENGE" | "SELECT_MFA_TYPE" | "MFA_SETUP", _) => answer(*choices.next().unwrap()),
            _ => panic!("{asked:?}, then {challenge}"),
        };
        asked.push(challenge.to_owned());
        step = block_on(tab.client.confirm_sign_in(&input)).unwrap_or_else(|error| panic!("{asked:?}: {error}"));
    }
}

thread_local! {
    /// The secret of the authenticator app that was set up last.
    static SECRET: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// Gives a user of the pool an authenticator app, in a sign-in that requires one.
fn give_app(pool: &MadePool, name: &str) {
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA"]);
    let tab = pool.tab_with("memory");
    let first = block_on(tab.client.sign_in(&sign_in(name, AuthFlow::UserSrpAuth))).unwrap();
    assert_eq!(walk(pool, &tab, name, first, &[]), ["MFA_SETUP"]);
}

/// A second factor after each flow with a password: what is asked, and the requests.
#[test]
fn second_factors_follow_every_flow_with_a_password() {
    let flows = [(AuthFlow::UserSrpAuth, 2), (AuthFlow::UserPasswordAuth, 1), (AuthFlow::UserAuth, 2)];
    for (flow, first_requests) in flows {
        for (factor, asked) in
            [("SMS_MFA", "SMS_MFA"), ("EMAIL_OTP", "EMAIL_OTP"), ("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA")]
        {
            let pool = MadePool::new(json!({
                "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } },
            }));
            pool.user("zoe");
            if factor == "SOFTWARE_TOKEN_MFA" {
                give_app(&pool, "zoe");
            }
            pool.set_mfa("OPTIONAL", &["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);
            pool.prefer("zoe", &[factor]);
            let tab = pool.tab();
            pool.stage.sent();
            let first = block_on(tab.client.sign_in(&sign_in("zoe", flow))).unwrap();
            assert_eq!(pool.stage.sent().len(), first_requests, "{flow:?} {factor}");
            assert_eq!(walk(&pool, &tab, "zoe", first, &[]), [asked], "{flow:?}");
            assert_eq!(pool.stage.sent(), ["RespondToAuthChallenge"], "{flow:?} {factor}");
            let session = block_on(tab.client.current_session()).unwrap();
            assert_eq!(session.sign_in_details().unwrap().auth_flow, flow.as_str());
            assert_eq!(tab.events(), ["signedIn"]);
        }
    }
}

#[test]
fn a_user_with_several_second_factors_chooses_one_by_either_name() {
    for (choice, asked) in
        [("SMS", "SMS_MFA"), ("SMS_MFA", "SMS_MFA"), ("EMAIL", "EMAIL_OTP"), ("EMAIL_OTP", "EMAIL_OTP")]
    {
        let pool = MadePool::new(json!({}));
        pool.user("zoe");
        pool.set_mfa("OPTIONAL", &["SMS_MFA", "EMAIL_OTP"]);
        pool.prefer("zoe", &["SMS_MFA", "EMAIL_OTP"]);
        let tab = pool.tab();
        let first = block_on(tab.client.sign_in(&sign_in("zoe", AuthFlow::UserSrpAuth))).unwrap();
        assert_eq!(walk(&pool, &tab, "zoe", first, &[choice]), ["SELECT_MFA_TYPE", asked]);
    }
}

#[test]
fn a_temporary_password_is_replaced_and_a_second_factor_follows() {
    for (flow, requests) in [(AuthFlow::UserSrpAuth, 2), (AuthFlow::UserPasswordAuth, 1)] {
        let pool = MadePool::new(json!({}));
        pool.user_with_temporary_password("zoe");
        let tab = pool.tab();
        pool.stage.sent();
        let first = block_on(tab.client.sign_in(&sign_in("zoe", flow))).unwrap();
        assert_eq!(pool.stage.sent().len(), requests);
        assert_eq!(walk(&pool, &tab, "zoe", first, &[]), ["NEW_PASSWORD_REQUIRED"]);
        let again = SignIn { password: NEW_PASSWORD.into(), ..sign_in("zoe", flow) };
        assert!(matches!(block_on(tab.client.sign_in(&again)).unwrap(), SignInStep::Done { .. }));
    }
    let pool = MadePool::new(json!({}));
    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA"]);
    pool.user_with_temporary_password("zoe");
    let tab = pool.tab();
    let first = block_on(tab.client.sign_in(&sign_in("zoe", AuthFlow::UserSrpAuth))).unwrap();
    assert_eq!(walk(&pool, &tab, "zoe", first, &[]), ["NEW_PASSWORD_REQUIRED", "MFA_SETUP"]);
}

#[test]
fn missing_attributes_go_with_the_new_password() {
    let schema = json!([{ "Name": "given_name", "AttributeDataType": "String", "Mutable": true, "Required": true }]);
    let pool = MadePool::new(json!({ "Schema": schema }));
    pool.user_with_temporary_password("zoe");
    let tab = pool.tab();
    let SignInStep::Challenge(step) = block_on(tab.client.sign_in(&sign_in("zoe", AuthFlow::UserSrpAuth))).unwrap()
    else {
        panic!("no challenge");
    };
    assert_eq!(step.challenge().list("requiredAttributes"), ["userAttributes.given_name"]);
    let without = block_on(tab.client.confirm_sign_in(&answer(NEW_PASSWORD))).unwrap_err();
    assert_eq!(without.name(), "InvalidParameterException");
    let attributes = vec![("given_name".to_owned(), "Zoe".to_owned())];
    // Whether the service lets the same step be answered again is its decision.
    let again = ConfirmSignIn { attributes, ..answer(NEW_PASSWORD) };
    assert!(matches!(block_on(tab.client.confirm_sign_in(&again)), Ok(SignInStep::Done { .. })));
    let attributes = block_on(tab.client.fetch_user_attributes()).unwrap();
    assert!(attributes.contains(&("given_name".to_owned(), "Zoe".to_owned())), "{attributes:?}");
}

#[test]
fn a_second_factor_is_set_up_by_choice_or_without_one() {
    let app = ["AssociateSoftwareToken", "VerifySoftwareToken", "RespondToAuthChallenge"];
    let mail = ["RespondToAuthChallenge", "RespondToAuthChallenge"];
    type Case<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 4] = [
        (&["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], &["TOTP"], &["MFA_SETUP", "MFA_SETUP"], &app),
        (&["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], &["EMAIL"], &["MFA_SETUP", "MFA_SETUP", "EMAIL_OTP"], &mail),
        (&["SOFTWARE_TOKEN_MFA"], &[], &["MFA_SETUP"], &app),
        (&["EMAIL_OTP"], &[], &["MFA_SETUP", "EMAIL_OTP"], &mail),
    ];
    for (factors, choices, asked, requests) in cases {
        // The same address can't serve for recovery.
        let recovery = json!({ "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] });
        let pool = MadePool::new(json!({ "AccountRecoverySetting": recovery }));
        pool.user("zoe");
        pool.set_mfa("ON", factors);
        let names = json!(["email", "phone_number"]);
        pool.administer("AdminDeleteUserAttributes", json!({ "Username": "zoe", "UserAttributeNames": names }));
        let tab = pool.tab();
        pool.stage.sent();
        let first = block_on(tab.client.sign_in(&sign_in("zoe", AuthFlow::UserSrpAuth))).unwrap();
        assert_eq!(walk(&pool, &tab, "zoe", first, choices), asked, "{factors:?}");
        assert_eq!(pool.stage.sent()[2..], *requests, "{factors:?} {choices:?}");
    }
}

#[test]
fn user_auth_begins_with_what_is_preferred_or_lets_the_user_choose() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } });
    let pool = MadePool::new(json!({ "Policies": policies }));
    pool.user("zoe");
    let tab = pool.tab();
    let begin = |preferred, password: &str| {
        let input = SignIn { preferred, password: password.into(), ..sign_in("zoe", AuthFlow::UserAuth) };
        pool.stage.sent();
        block_on(tab.client.sign_in(&input)).unwrap()
    };
    type Case<'a> = (Option<FirstFactor>, &'a str, &'a [&'a str], &'a [&'a str], usize);
    let cases: [Case<'_>; 8] = [
        (Some(FirstFactor::Password), PASSWORD, &[], &[], 1),
        (Some(FirstFactor::PasswordSrp), PASSWORD, &[], &[], 2),
        (None, PASSWORD, &[], &[], 2),
        (Some(FirstFactor::EmailOtp), "", &[], &["EMAIL_OTP"], 2),
        (Some(FirstFactor::SmsOtp), "", &[], &["SMS_OTP"], 2),
        (None, "", &["EMAIL_OTP"], &["SELECT_CHALLENGE", "EMAIL_OTP"], 3),
        (None, "", &["PASSWORD"], &["SELECT_CHALLENGE", "SELECT_CHALLENGE"], 2),
        (None, "", &["PASSWORD_SRP"], &["SELECT_CHALLENGE", "SELECT_CHALLENGE"], 3),
    ];
    for (preferred, password, choices, asked, requests) in cases {
        let first = begin(preferred, password);
        assert_eq!(walk(&pool, &tab, "zoe", first, choices), asked, "{preferred:?}");
        assert_eq!(pool.stage.sent().len(), requests, "{preferred:?} {choices:?}");
    }
}

#[test]
fn custom_challenges_come_alone_or_after_the_password() {
    let pool = MadePool::with_custom_challenge();
    pool.user("zoe");
    let tab = pool.tab();
    for (flow, requests) in [(AuthFlow::CustomWithoutSrp, 2), (AuthFlow::CustomWithSrp, 3)] {
        pool.stage.sent();
        let first = block_on(tab.client.sign_in(&sign_in("zoe", flow))).unwrap();
        assert_eq!(walk(&pool, &tab, "zoe", first, &[]), ["CUSTOM_CHALLENGE"], "{flow:?}");
        assert_eq!(pool.stage.sent().len(), requests, "{flow:?}");
        let session = block_on(tab.client.current_session()).unwrap();
        assert_eq!(session.sign_in_details().unwrap().auth_flow, flow.as_str());
    }
}

/// A pool with a user who is asked for a code by e-mail, and the tab where they are.
fn at_email_code(storage: &str) -> (MadePool, Tab) {
    let pool = MadePool::new(json!({}));
    pool.user("zoe");
    pool.set_mfa("OPTIONAL", &["EMAIL_OTP"]);
    pool.prefer("zoe", &["EMAIL_OTP"]);
    let tab = pool.tab_with(storage);
    let first = block_on(tab.client.sign_in(&sign_in("zoe", AuthFlow::UserSrpAuth))).unwrap();
    assert!(matches!(first, SignInStep::Challenge(_)));
    pool.stage.sent();
    (pool, tab)
}

#[test]
fn a_wrong_code_keeps_the_step_and_says_so() {
    let (pool, tab) = at_email_code("local");
    let error = block_on(tab.client.confirm_sign_in(&answer("000000"))).unwrap_err();
    assert_eq!(error.name(), "CodeMismatchException");
    // With the blanks of a copied mail.
    let code = format!(" {} ", pool.code("zoe").expose_secret());
    assert!(matches!(block_on(tab.client.confirm_sign_in(&answer(code))).unwrap(), SignInStep::Done { .. }));
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
    let error = block_on(tab.client.confirm_sign_in(&answer("123456"))).unwrap_err();
    assert_eq!((error.code(), error.reason()), ("sign_in", Some("no_sign_in")));
}

#[test]
fn a_reload_keeps_the_step_for_its_tab_only() {
    let (pool, tab) = at_email_code("local");
    let other = pool.tab();
    assert!(block_on(other.client.pending_sign_in()).unwrap().is_none());
    let tab = tab.reloaded();
    let step = block_on(tab.client.pending_sign_in()).unwrap().unwrap();
    assert_eq!((step.challenge().name(), step.login_id()), ("EMAIL_OTP", "zoe"));
    assert!(matches!(
        block_on(tab.client.confirm_sign_in(&answer(pool.code("zoe")))).unwrap(),
        SignInStep::Done { .. }
    ));
    assert_eq!(pool.stage.sent(), ["RespondToAuthChallenge"]);
}

#[test]
fn with_storage_in_memory_nothing_of_the_step_is_stored() {
    let (pool, tab) = at_email_code("memory");
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_some());
    assert!(block_on(tab.reloaded().client.pending_sign_in()).unwrap().is_none());
    assert!(matches!(
        block_on(tab.client.confirm_sign_in(&answer(pool.code("zoe")))).unwrap(),
        SignInStep::Done { .. }
    ));
}

#[test]
fn another_tab_takes_the_step_over_by_its_text() {
    let (pool, tab) = at_email_code("local");
    let step = block_on(tab.client.pending_sign_in()).unwrap().unwrap();
    let text = step.serialize();
    assert!(!text.expose_secret().contains(PASSWORD));
    let other = pool.tab();
    assert!(block_on(other.client.resume_sign_in(&text)).unwrap().is_some());
    assert!(matches!(
        block_on(other.client.confirm_sign_in(&answer(pool.code("zoe")))).unwrap(),
        SignInStep::Done { .. }
    ));
    // The session is used up.
    let error = block_on(tab.client.confirm_sign_in(&answer("123456"))).unwrap_err();
    assert_eq!(error.reason(), Some("session_used"), "{error}");
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
    for bad in ["", "{}", "null", &text.expose_secret().replace(&pool.client_id, "another")] {
        assert!(block_on(other.client.resume_sign_in(&bad.into())).unwrap().is_none(), "{bad}");
    }
}

#[test]
fn an_expired_session_ends_the_sign_in() {
    let (pool, tab) = at_email_code("local");
    pool.stage.world.advance_ms(200_000);
    let error = block_on(tab.client.confirm_sign_in(&answer(pool.code("zoe")))).unwrap_err();
    assert_eq!(error.reason(), Some("session_expired"), "{error}");
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
}

#[test]
fn a_step_is_forgotten_after_a_quarter_of_an_hour_and_by_a_sign_out() {
    let (pool, tab) = at_email_code("local");
    pool.stage.world.advance_ms(900_000);
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
    let (_pool, tab) = at_email_code("local");
    block_on(tab.client.sign_out_here(false)).unwrap();
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
}

#[test]
fn an_answer_given_twice_at_a_time_is_sent_once() {
    let (pool, tab) = at_email_code("local");
    let input = answer(pool.code("zoe"));
    let (one, two) =
        block_on(async { futures::join!(tab.client.confirm_sign_in(&input), tab.client.confirm_sign_in(&input)) });
    assert!(matches!((one.unwrap(), two.unwrap()), (SignInStep::Done { .. }, SignInStep::Done { .. })));
    assert_eq!(pool.stage.sent(), ["RespondToAuthChallenge"]);

    let (pool, tab) = at_email_code("local");
    let (right, wrong) = (answer(pool.code("zoe")), answer("000000"));
    let (one, two) =
        block_on(async { futures::join!(tab.client.confirm_sign_in(&right), tab.client.confirm_sign_in(&wrong)) });
    assert!(matches!(one.unwrap(), SignInStep::Done { .. }));
    assert_eq!(two.unwrap_err().reason(), Some("answer_under_way"));
}

#[test]
fn a_later_sign_in_replaces_the_step_of_an_earlier_one() {
    let pool = MadePool::new(json!({}));
    pool.user("zoe");
    pool.user("yan");
    pool.set_mfa("OPTIONAL", &["EMAIL_OTP"]);
    pool.prefer("zoe", &["EMAIL_OTP"]);
    pool.prefer("yan", &["EMAIL_OTP"]);
    let tab = pool.tab();
    let (zoe, yan) = (sign_in("zoe", AuthFlow::UserSrpAuth), sign_in("yan", AuthFlow::UserSrpAuth));
    let (one, two) = block_on(async { futures::join!(tab.client.sign_in(&zoe), tab.client.sign_in(&yan)) });
    assert_eq!(one.unwrap_err().reason(), Some("superseded"));
    assert!(matches!(two.unwrap(), SignInStep::Challenge(step) if step.login_id() == "yan"));
    assert_eq!(block_on(tab.client.pending_sign_in()).unwrap().unwrap().login_id(), "yan");
}

#[test]
fn a_lost_reply_keeps_the_step_and_the_session_tells_that_it_was_used() {
    let (pool, tab) = at_email_code("local");
    pool.stage.fault("RespondToAuthChallenge", "dropAfter", "");
    let input = answer(pool.code("zoe"));
    assert_eq!(block_on(tab.client.confirm_sign_in(&input)).unwrap_err().code(), "network");
    assert_eq!(pool.stage.sent().len(), 1, "an answer is never repeated");
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_some());
    assert_eq!(block_on(tab.client.confirm_sign_in(&input)).unwrap_err().reason(), Some("session_used"));
}

#[test]
fn an_unknown_challenge_is_handed_over_and_can_be_answered() {
    let (pool, tab) = at_email_code("local");
    let step = block_on(tab.client.pending_sign_in()).unwrap().unwrap();
    // A challenge of a later Cognito: the same session under another name.
    let text = step.serialize();
    let text = text.expose_secret().replace("\"ChallengeName\":\"EMAIL_OTP\"", "\"ChallengeName\":\"EMAIL_OTP_2\"");
    let other = pool.tab();
    block_on(other.client.resume_sign_in(&text.into())).unwrap().unwrap();
    let responses = vec![("EMAIL_OTP_2_CODE".to_owned(), "s3cret".into())];
    let input = ConfirmSignIn { responses, ..answer("x") };
    assert!(!format!("{input:?}").contains("s3cret"), "{input:?}");
    let error = block_on(other.client.confirm_sign_in(&input)).unwrap_err();
    assert_eq!(error.name(), "InvalidParameterException", "the service saw the unknown name");
}
