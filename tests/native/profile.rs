//! The user's attributes and the user, against the emulator's core.

use poolpass::Error;
use serde_json::{Value, json};

use crate::redirect::{arrive, come_back};
use crate::stage::{HOUR_MS, Stage, Tab, WEB, alice, block_on};

fn set_email(tab: &Tab, address: &str) -> Result<Value, Error> {
    tab.call("updateUserAttributes", &json!({"userAttributes": {"email": address}}))
}

fn confirm(tab: &Tab, code: &str) -> Result<Value, Error> {
    tab.call("confirmUserAttribute", &json!({"userAttributeKey": "email", "confirmationCode": code}))
}

fn attribute(tab: &Tab, name: &str) -> Option<String> {
    tab.call("fetchUserAttributes", &json!({})).unwrap()[name].as_str().map(str::to_owned)
}

#[test]
fn attributes_are_changed_and_removed() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let both =
        json!({"userAttributes": {"name": "Alice", "nickname": "Al"}, "options": {"clientMetadata": {"a": "b"}}});
    assert_eq!(tab.call("updateUserAttributes", &both).unwrap(), json!({"codeDeliveryDetailsList": []}));
    let one = json!({"userAttribute": {"attributeKey": "nickname", "value": "Ali"}});
    assert_eq!(tab.call("updateUserAttribute", &one).unwrap(), json!({"codeDeliveryDetailsList": []}));
    assert_eq!((attribute(&tab, "name"), attribute(&tab, "nickname")), (Some("Alice".into()), Some("Ali".into())));
    tab.call("deleteUserAttributes", &json!({"userAttributeKeys": ["name", "nickname"]})).unwrap();
    assert_eq!((attribute(&tab, "name"), attribute(&tab, "nickname")), (None, None));
    let expected = [
        "UpdateUserAttributes",
        "UpdateUserAttributes",
        "GetUser",
        "GetUser",
        "DeleteUserAttributes",
        "GetUser",
        "GetUser",
    ];
    assert_eq!(stage.sent(), expected);
}

#[test]
fn a_new_address_is_verified_with_a_code() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let to = json!({"destination": "n***@e***", "deliveryMedium": "EMAIL", "attributeName": "email"});
    assert_eq!(set_email(&tab, "new@example.com").unwrap(), json!({"codeDeliveryDetailsList": [to]}));
    let first = stage.code("alice");
    assert_eq!(tab.call("sendUserAttributeVerificationCode", &json!({"userAttributeKey": "email"})).unwrap(), to);
    let code = stage.code("alice");
    assert_ne!(first, code);
    let wrong = confirm(&tab, if code == "000000" { "111111" } else { "000000" }).unwrap_err();
    assert_eq!((wrong.name(), wrong.retryable()), ("CodeMismatchException", true));
    assert_eq!(confirm(&tab, &code).unwrap(), json!({}));
    assert_eq!(
        (attribute(&tab, "email"), attribute(&tab, "email_verified")),
        (Some("new@example.com".into()), Some("true".into()))
    );
}

#[test]
fn a_code_for_an_address_expires() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    set_email(&tab, "new@example.com").unwrap();
    let code = stage.code("alice");
    stage.world.advance_ms(25 * HOUR_MS);
    let expired = confirm(&tab, &code).unwrap_err();
    assert_eq!((expired.name(), expired.retryable()), ("ExpiredCodeException", false));
}

#[test]
fn an_address_of_another_user_is_refused() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let taken = set_email(&tab, "bob@example.com").and_then(|_| confirm(&tab, &stage.code("alice"))).unwrap_err();
    assert_eq!((taken.name(), taken.retryable()), ("AliasExistsException", false));
    assert!(taken.recovery_suggestion().unwrap().contains("Another user"));
}

#[test]
fn what_is_missing_is_named_before_any_request() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    for (method, input, path) in [
        ("updateUserAttributes", json!({}), "userAttributes"),
        ("updateUserAttributes", json!({"userAttributes": {}}), "userAttributes"),
        ("updateUserAttribute", json!({}), "userAttribute"),
        ("deleteUserAttributes", json!({"userAttributeKeys": []}), "userAttributeKeys"),
        ("sendUserAttributeVerificationCode", json!({}), "userAttributeKey"),
        ("confirmUserAttribute", json!({"userAttributeKey": "", "confirmationCode": "1"}), "userAttributeKey"),
    ] {
        let error = tab.call(method, &input).unwrap_err();
        assert_eq!(
            (error.code(), error.message().as_ref()),
            ("bad_input", &*format!("{path} is required.")),
            "{method}"
        );
    }
    assert!(stage.sent().is_empty());
}

/// A session of the hosted UI has the scopes that were requested.
#[test]
fn a_session_without_the_scope_says_so() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    let refused = set_email(&tab, "new@example.com").unwrap_err();
    assert_eq!((refused.name(), refused.reason()), ("NotAuthorizedException", Some("insufficient_scope")));
    assert!(refused.recovery_suggestion().unwrap().contains("aws.cognito.signin.user.admin"));
    assert!(block_on(tab.access_token(false)).unwrap().is_some(), "the session goes on");
}

#[test]
fn deleting_the_user_ends_the_session_in_all_tabs() {
    let stage = Stage::new(WEB);
    let (tab, other) = (stage.signed_in_tab(), stage.tab());
    assert!(block_on(other.access_token(false)).unwrap().is_some());
    assert_eq!(tab.call("deleteUser", &json!({})).unwrap(), json!({}));
    assert_eq!(stage.sent(), ["DeleteUser"]);
    assert_eq!((tab.events(), other.events()), (vec!["signedOut".to_owned()], vec!["signedOut*".to_owned()]));
    assert_eq!(stage.stored(), None);
    assert_eq!(block_on(other.access_token(false)).unwrap(), None);
    assert!(block_on(tab.client.sign_in(&alice())).is_err());
}

#[test]
fn a_user_who_was_not_deleted_stays_signed_in() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.fault("DeleteUser", "error", r#", "status": 500, "type": "InternalErrorException", "message": "no""#);
    assert_eq!(tab.call("deleteUser", &json!({})).unwrap_err().name(), "InternalErrorException");
    assert_eq!(tab.events(), Vec::<String>::new());
    assert!(block_on(tab.access_token(true)).unwrap().is_some());
}
