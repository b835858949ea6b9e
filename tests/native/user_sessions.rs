//! The user's sessions on all devices, and the feedback about a sign-in.

use serde_json::{Value, json};

use crate::stage::{ROTATING, Stage, Tab, WEB, alice, block_on};

/// Two apps where alice is signed in.
fn two_apps() -> (Stage, Tab, Tab) {
    let stage = Stage::new(WEB);
    let tracking = json!({
        "UserPoolId": "eu-west-1_PoolPass1", "UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 20},
    });
    stage.administer("SetUserPoolSessionConfiguration", &tracking.to_string());
    let here = stage.signed_in_tab();
    let stage = stage.with_client(ROTATING);
    let there = stage.tab();
    block_on(there.client.sign_in(&alice())).unwrap();
    stage.sent();
    (stage, here, there)
}

fn sessions(tab: &Tab) -> Vec<Value> {
    tab.call("listSessions", &json!({})).unwrap()["sessions"].as_array().unwrap().clone()
}

#[test]
fn another_session_is_listed_and_revoked() {
    let (stage, here, there) = two_apps();
    let listed = sessions(&here);
    assert_eq!(listed.len(), 2);
    let (own, other): (Vec<&Value>, Vec<&Value>) =
        listed.iter().partition(|session| session["isCurrentSession"] == true);
    assert_eq!((&own[0]["clientId"], &other[0]["clientId"]), (&json!(WEB), &json!(ROTATING)));
    assert!(own[0]["createDate"].is_number() && own[0]["sessionType"] == "TOKEN", "{own:?}");
    here.call("revokeSession", &json!({"sessionId": other[0]["sessionId"]})).unwrap();
    assert_eq!(stage.sent(), ["ListUserSessions", "RevokeUserSession"]);
    // The other app's next refresh is refused, so its session ends. This one continues.
    assert_eq!(block_on(there.access_token(true)).unwrap(), None);
    assert!(block_on(here.access_token(true)).unwrap().is_some());
    assert_eq!(sessions(&here).len(), 1);
}

#[test]
fn the_session_of_the_caller_is_not_revoked() {
    let (_, here, _) = two_apps();
    let listed = sessions(&here);
    let own = listed.iter().find(|session| session["isCurrentSession"] == true).unwrap();
    let error = here.call("revokeSession", &json!({"sessionId": own["sessionId"]})).unwrap_err();
    assert_eq!(error.name(), "InvalidParameterException");
}

#[test]
fn the_next_page_is_asked_for_by_its_token() {
    let (_, here, _) = two_apps();
    let error = here.call("listSessions", &json!({"nextToken": "another list's"})).unwrap_err();
    assert_eq!(error.name(), "InvalidParameterException");
}

#[test]
fn a_pool_that_does_not_track_sessions_lists_none() {
    let here = Stage::new(WEB).signed_in_tab();
    assert_eq!(here.call("listSessions", &json!({})).unwrap(), json!({"sessions": []}));
}

#[test]
fn a_session_must_be_named() {
    let (stage, here, _) = two_apps();
    for input in [json!({}), json!({"sessionId": ""}), json!({"sessionId": 1})] {
        let error = here.call("revokeSession", &input).unwrap_err();
        assert_eq!((error.code(), error.detail()), ("bad_input", Some("sessionId")), "{input}");
    }
    assert!(stage.sent().is_empty());
}

/// The emulator finds no sign-in risky, so it has sent no such token.
#[test]
fn feedback_needs_nobody_signed_in() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let feedback = json!({"username": "alice", "eventId": "e", "feedbackToken": "t", "feedbackValue": "Invalid"});
    let error = tab.call("updateAuthEventFeedback", &feedback).unwrap_err();
    assert_eq!((error.code(), error.name()), ("service", "UserPoolAddOnNotEnabledException"));
    assert_eq!(stage.sent(), ["UpdateAuthEventFeedback"]);
}
