//! The stored form is a contract: an update of the kit must not sign anybody out. The records here are written by hand,
//! with the keys that released versions wrote.

use serde_json::{Value, json};

use crate::identity::{POOL, plain, tab as tab_with_identity};
use crate::stage::{HOUR_MS, Stage, WEB, alice, block_on};

fn key(name: &str) -> String {
    format!("poolpass.v1.{WEB}.{name}")
}

fn stored(stage: &Stage, key: &str) -> Value {
    serde_json::from_str(&stage.world.stored(key).unwrap_or_else(|| panic!("{key} is not stored"))).unwrap()
}

/// Former versions ignore the keys that they don't know.
fn assert_has(record: &Value, keys: &[&str]) {
    let missing: Vec<_> = keys.iter().filter(|key| record.get(**key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} of {keys:?}");
}

/// The tokens of a sign-in, and the local time of their arrival, on a stage where nothing is stored any more.
fn tokens(stage: &Stage) -> (Value, i64) {
    let tab = stage.tab();
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.world.settle();
    let record = stored(stage, &stage.storage_key());
    for key in stage.world.stored_keys() {
        stage.world.delete(&key);
    }
    (record, stage.world.now_ms())
}

#[test]
fn a_record_has_the_keys_that_former_versions_read() {
    let stage = Stage::new(WEB);
    let tab = tab_with_identity(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    block_on(tab.client.aws_session(&plain())).unwrap();
    stage.world.settle();
    let current = stored(&stage, &key("current"));
    assert_has(&current, &["id", "since", "v"]);
    let id = current["id"].as_str().unwrap();
    let session = stored(&stage, &key(&format!("session.{id}")));
    assert_has(&session, &["accessToken", "idToken", "receivedAt", "refreshToken", "signInDetails"]);
    assert_has(&session["signInDetails"], &["authFlowType", "loginId"]);
    let credentials = stored(&stage, &key(&format!("{POOL}.credentials.{id}")));
    let expected = [
        "accessKeyId",
        "clockOffset",
        "expiresAt",
        "identityId",
        "life",
        "receivedAt",
        "secretAccessKey",
        "sessionToken",
        "user",
        "v",
    ];
    assert_has(&credentials, &expected);
    assert_eq!([&current["v"], &session["v"], &credentials["v"]], [&json!(1); 3]);
}

#[test]
fn a_session_of_a_version_that_kept_one_record_goes_on() {
    let stage = Stage::new(WEB);
    let (tokens, now_ms) = tokens(&stage);
    let record = json!({"v": 1, "accessToken": tokens["accessToken"], "refreshToken": tokens["refreshToken"], "receivedAt": now_ms});
    stage.world.put(&key("session"), &record.to_string());
    let tab = stage.tab();
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!((session.username(), session.sign_in_details()), ("alice", None));
    // It is refreshed in its place, and a sign-out ends it.
    stage.world.advance_ms(2 * HOUR_MS);
    let refreshed = block_on(tab.client.fetch_auth_session(false)).unwrap().unwrap();
    assert_eq!(refreshed.user_id(), session.user_id());
    assert_ne!(stored(&stage, &key("session"))["accessToken"], record["accessToken"]);
    block_on(tab.client.sign_out(&Default::default())).unwrap();
    assert!(stage.world.stored(&key("session")).is_none());
}

#[test]
fn a_session_with_a_record_of_its_own_goes_on() {
    let stage = Stage::new(WEB);
    let (tokens, now_ms) = tokens(&stage);
    let record = json!({
        "v": 1, "accessToken": tokens["accessToken"], "idToken": tokens["idToken"], "refreshToken": tokens["refreshToken"],
        "receivedAt": now_ms, "hosted": true, "signInDetails": {"loginId": "Alice", "authFlowType": "USER_SRP_AUTH"},
    });
    stage.world.put(&key("current"), &json!({"v": 1, "id": "aB3-_x", "since": now_ms}).to_string());
    stage.world.put(&key("session.aB3-_x"), &record.to_string());
    let tab = stage.tab();
    stage.sent();
    let session = block_on(tab.client.fetch_auth_session(false)).unwrap().unwrap();
    let details = session.sign_in_details().unwrap();
    assert_eq!((details.login_id.as_str(), details.auth_flow.as_str()), ("Alice", "USER_SRP_AUTH"));
    assert_eq!(session.access_token().expose_secret(), tokens["accessToken"].as_str().unwrap());
    assert!(session.id_token().is_some() && stage.sent().is_empty());
    let signed_out = block_on(tab.client.sign_out(&Default::default())).unwrap();
    assert!(signed_out.not_revoked.is_none());
}

#[test]
fn credentials_of_former_versions_are_used_until_they_expire() {
    let stage = Stage::new(WEB);
    let tab = tab_with_identity(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    block_on(tab.client.aws_session(&plain())).unwrap();
    stage.world.settle();
    let id = stored(&stage, &key("current"))["id"].as_str().unwrap().to_owned();
    let credentials_key = key(&format!("{POOL}.credentials.{id}"));
    let now = stored(&stage, &credentials_key);
    let (user, identity_id) = (&now["user"], &now["identityId"]);
    let now_ms = stage.world.now_ms();
    let record = json!({
        "v": 1, "user": user, "identityId": identity_id, "accessKeyId": "ASIAFORMER", "secretAccessKey": "former",
        "sessionToken": "token", "expiresAt": now_ms + HOUR_MS, "receivedAt": now_ms, "life": HOUR_MS, "clockOffset": 0,
    });
    stage.world.put(&credentials_key, &record.to_string());
    let reloaded = tab_with_identity(&stage, "");
    let former = block_on(reloaded.client.aws_session(&plain())).unwrap();
    assert_eq!((former.credentials.access_key_id.as_str(), former.expires_at_ms), ("ASIAFORMER", now_ms + HOUR_MS));
    assert_eq!(former.expires_here_at_ms(), now_ms + HOUR_MS);
    stage.world.advance_ms(HOUR_MS);
    let renewed = block_on(reloaded.client.aws_session(&plain())).unwrap();
    assert_ne!(renewed.credentials.access_key_id, "ASIAFORMER");
}
