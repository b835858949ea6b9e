//! Setting up and preferring second factors, against the emulator's core.

use poolpass::Error;
use serde_json::{Value, json};

use crate::stage::{Stage, Tab, WEB};

/// The code that an authenticator app with this secret shows.
fn app_code(stage: &Stage, secret: &str) -> String {
    stage.control("GET", &["totp?secret=", secret].concat(), "")["code"].as_str().unwrap().to_owned()
}

fn verify(tab: &Tab, code: &str) -> Result<Value, Error> {
    tab.call("verifyTOTPSetup", &json!({"code": code, "options": {"friendlyDeviceName": "phone"}}))
}

fn secret(tab: &Tab) -> String {
    tab.call("setUpTOTP", &json!({})).unwrap()["sharedSecret"].as_str().unwrap().to_owned()
}

fn preference(tab: &Tab) -> Value {
    tab.call("fetchMFAPreference", &json!({})).unwrap()
}

#[test]
fn an_authenticator_app_is_set_up_preferred_and_turned_off() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    assert_eq!(preference(&tab), json!({}));
    let secret = secret(&tab);
    let code = app_code(&stage, &secret);
    assert_eq!(verify(&tab, &format!("{} {}", &code[..3], &code[3..])).unwrap(), json!({}));
    for (word, expected) in [
        ("ENABLED", json!({"enabled": ["TOTP"]})),
        ("PREFERRED", json!({"enabled": ["TOTP"], "preferred": "TOTP"})),
        ("NOT_PREFERRED", json!({"enabled": ["TOTP"]})),
        ("DISABLED", json!({})),
    ] {
        assert_eq!(tab.call("updateMFAPreference", &json!({"totp": word})).unwrap(), json!({}));
        assert_eq!(preference(&tab), expected, "{word}");
    }
}

#[test]
fn after_a_wrong_code_the_right_one_still_counts() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let secret = secret(&tab);
    let right = app_code(&stage, &secret);
    let wrong = verify(&tab, if right == "000000" { "111111" } else { "000000" }).unwrap_err();
    assert_eq!((wrong.name(), wrong.code(), wrong.retryable()), ("EnableSoftwareTokenMFAException", "service", true));
    assert!(wrong.recovery_suggestion().unwrap().contains("clock"));
    verify(&tab, &right).unwrap();
}

#[test]
fn a_lost_response_to_a_code_is_not_asked_for_again() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let code = app_code(&stage, &secret(&tab));
    stage.sent();
    stage.fault("VerifySoftwareToken", "dropAfter", "");
    assert_eq!(verify(&tab, &code).unwrap_err().code(), "network");
    assert_eq!(stage.sent(), ["VerifySoftwareToken"]);
}

#[test]
fn a_factor_that_is_not_set_up_has_its_reason() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    for input in [json!({"totp": "ENABLED"}), json!({"sms": "PREFERRED"})] {
        let refused = tab.call("updateMFAPreference", &input).unwrap_err();
        let facts = (refused.name(), refused.reason());
        assert_eq!(facts, ("InvalidParameterException", Some("factor_not_set_up")), "{input}: {refused}");
    }
}

#[test]
fn words_that_do_not_fit_are_refused_before_any_request() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    for (input, path) in [
        (json!({"totp": "preferred"}), "totp"),
        (json!({"passkey": "PREFERRED"}), "passkey"),
        (json!({"phone": "ENABLED"}), "phone"),
    ] {
        let error = tab.call("updateMFAPreference", &input).unwrap_err();
        assert!(error.code() == "bad_input" && error.message().ends_with(path), "{error}");
    }
    assert!(stage.sent().is_empty());
}

#[test]
fn the_factors_of_the_user_are_listed() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let factors = tab.call("fetchAuthFactors", &json!({})).unwrap();
    assert_eq!(factors["username"], "alice");
    assert!(factors["factors"].as_array().unwrap().contains(&json!("PASSWORD")), "{factors}");
}
