//! Remembered devices when something fails: no fault locks a user out, or forgets another user's device.

use std::cell::Cell;
use std::rc::Rc;

use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn};
use poolpass::memory::Access;
use poolpass::platform::Response;
use serde_json::{Value, json};

use crate::devices::{
    Remembers, as_user, ask_for_codes, assert_asks, assert_done, confirm, devices, pool, record_key, sign_in, sign_out,
    stored,
};
use crate::made_pool::MadePool;
use crate::stage::{HOUR_MS, Tab, block_on};

const UNKNOWN: &str = r#", "status": 400, "type": "ResourceNotFoundException", "message": "Device does not exist.""#;
const REFUSED: &str = r#", "status": 400, "type": "InvalidParameterException", "message": "no""#;

/// A pool where ann has signed in on this device and out again.
fn remembered(how: Remembers) -> (MadePool, Tab, String) {
    let pool = pool(how);
    let tab = pool.tab();
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
    sign_out(&pool, &tab);
    let key = stored(&pool, "ann").unwrap();
    (pool, tab, key)
}

fn forget(pool: &MadePool, key: &str) {
    pool.administer("AdminForgetDevice", json!({ "Username": "ann", "DeviceKey": key }));
}

#[test]
fn a_device_that_an_administrator_forgot_is_forgotten_here_and_the_code_asked_for() {
    // The flow, and the requests until the code is asked for: one is repeated without the device.
    for (flow, requests) in [(AuthFlow::UserSrpAuth, 3), (AuthFlow::UserPasswordAuth, 2)] {
        let (pool, tab, key) = remembered(Remembers::default());
        ask_for_codes(&pool, "ann");
        forget(&pool, &key);
        assert_asks(&sign_in(&tab, "ann", flow), "SMS_MFA");
        assert_eq!(pool.stage.sent().len(), requests, "{flow:?}");
        assert_eq!(stored(&pool, "ann"), None, "{flow:?}");
        assert_done(&confirm(&tab, pool.code("ann")));
        assert_eq!(pool.stage.sent(), ["RespondToAuthChallenge", "ConfirmDevice"]);
        assert_eq!(devices(&pool, "ann"), [stored(&pool, "ann").unwrap()]);
    }
}

#[test]
fn a_device_that_is_forgotten_during_its_proof_begins_the_sign_in_anew() {
    let (pool, tab, key) = remembered(Remembers::default());
    pool.stage.fault("RespondToAuthChallenge", "error", UNKNOWN);
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth));
    assert_eq!(pool.stage.sent(), ["InitiateAuth", "RespondToAuthChallenge", "InitiateAuth", "ConfirmDevice"]);
    assert_ne!(stored(&pool, "ann").unwrap(), key);
}

#[test]
fn a_password_of_the_device_that_is_not_the_right_one_locks_nobody_out() {
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
        let (pool, tab, key) = remembered(Remembers::default());
        spoil(&pool);
        assert_done(&sign_in(&tab, "ann", flow));
        assert_ne!(stored(&pool, "ann").unwrap(), key);
        assert_eq!(tab.events(), ["signedIn"]);
    }
}

/// Changes the stored password of ann's device.
fn spoil(pool: &MadePool) {
    let text = pool.stage.world.stored(&record_key(pool, "ann")).unwrap();
    let mut record: Value = serde_json::from_str(&text).unwrap();
    record["password"] = json!("another");
    pool.stage.world.put(&record_key(pool, "ann"), &record.to_string());
}

#[test]
fn after_a_code_a_device_that_is_rejected_ends_the_sign_in_with_a_reason() {
    let (pool, tab, _) = remembered(Remembers { beside_mfa: true, ..Remembers::default() });
    ask_for_codes(&pool, "ann");
    spoil(&pool);
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    let answer = ConfirmSignIn { response: pool.code("ann"), ..ConfirmSignIn::default() };
    let error = block_on(tab.client.confirm_sign_in(&answer)).unwrap_err();
    assert_eq!((error.name(), error.reason()), ("SignInException", Some("device_rejected")));
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
    // The next sign-in works.
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    assert_done(&confirm(&tab, pool.code("ann")));
}

#[test]
fn a_lost_reply_of_the_confirmation_is_asked_for_again() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    pool.stage.fault("ConfirmDevice", "dropAfter", "");
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    assert_eq!(pool.stage.sent()[2..], ["ConfirmDevice", "ConfirmDevice"]);
    assert_eq!(tab.events(), ["signedIn"]);
    let key = stored(&pool, "ann").unwrap();
    assert_eq!(devices(&pool, "ann"), [key.as_str()]);
    sign_out(&pool, &tab);
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth));
    assert_eq!(devices(&pool, "ann"), [key]);
}

#[test]
fn a_confirmation_without_any_reply_is_found_out_at_the_next_sign_in() {
    for (kind, is_confirmed) in [("dropAfter", true), ("dropBefore", false)] {
        let pool = pool(Remembers::default());
        let tab = pool.tab();
        for _ in 0..3 {
            pool.stage.fault("ConfirmDevice", kind, "");
        }
        assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
        assert_eq!(pool.stage.sent().len(), 5);
        assert_eq!(tab.events(), ["signedIn", "confirmDevice_failure"]);
        let key = stored(&pool, "ann").unwrap();
        assert_eq!(devices(&pool, "ann").len(), usize::from(is_confirmed));
        sign_out(&pool, &tab);
        assert_done(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth));
        assert_eq!(tab.events(), ["signedIn"]);
        assert_eq!(stored(&pool, "ann").unwrap() == key, is_confirmed);
        assert_eq!(devices(&pool, "ann").len(), 1);
    }
}

#[test]
fn a_refused_confirmation_is_an_event_and_the_user_is_signed_in() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    pool.stage.fault("ConfirmDevice", "error", REFUSED);
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
    assert_eq!(tab.events(), ["signedIn", "confirmDevice_failure"]);
    assert_eq!(stored(&pool, "ann"), None);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn a_storage_that_fails_for_devices_costs_only_the_code() {
    for failing in [Access::Read, Access::Write] {
        let (pool, tab, key) = remembered(Remembers::default());
        ask_for_codes(&pool, "ann");
        if failing == Access::Write {
            forget(&pool, &key);
        }
        pool.stage.world.fail_storage_when(move |_, access, name| access == failing && name.contains(".device"));
        assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
        assert_done(&confirm(&tab, pool.code("ann")));
        assert_eq!(tab.events(), ["signedIn", "confirmDevice_failure"]);
        // The session lives on: the service knows the device.
        pool.stage.world.advance_ms(HOUR_MS);
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        pool.stage.world.fail_storage_when(|_, _, _| false);
        if failing == Access::Read {
            assert_eq!(stored(&pool, "ann").unwrap(), key, "what could not be read is not overwritten");
        }
    }
}

#[test]
fn a_record_of_a_later_version_is_left_alone_and_a_corrupt_one_is_replaced() {
    for (text, is_kept) in [(r#"{"v": 2, "key": "k"}"#, true), (r#"{"v": 1}"#, false), ("{", false), ("[]", false)] {
        let (pool, tab, _) = remembered(Remembers::default());
        pool.stage.world.put(&record_key(&pool, "ann"), text);
        for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
            assert_done(&sign_in(&tab, "ann", flow));
            assert_eq!(tab.events(), ["signedIn"], "{text}");
            sign_out(&pool, &tab);
        }
        assert_eq!(pool.stage.world.stored(&record_key(&pool, "ann")).unwrap() == text, is_kept, "{text}");
    }
}

#[test]
fn tabs_that_sign_in_at_once_both_stay_signed_in() {
    let pool = pool(Remembers::default());
    let tabs = [pool.tab(), pool.tab()];
    let [one, two] = tabs.each_ref().map(|tab| {
        let input = as_user("ann", AuthFlow::UserSrpAuth);
        async move { tab.client.sign_in(&input).await.unwrap() }
    });
    let (one, two) = block_on(futures::future::join(one, two));
    assert_done(&one);
    assert_done(&two);
    pool.stage.world.advance_ms(HOUR_MS);
    for tab in &tabs {
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        assert!(stored(&pool, "ann").is_some_and(|key| devices(&pool, "ann").contains(&key)));
    }
    sign_out(&pool, &tabs[0]);
    assert_done(&sign_in(&tabs[1], "ann", AuthFlow::UserSrpAuth));
    assert_eq!(devices(&pool, "ann").len(), 2);
}

#[test]
fn a_service_that_asks_for_the_proof_again_and_again_is_answered_once() {
    let (pool, tab, key) = remembered(Remembers::default());
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    pool.stage.world.connect(move |request| {
        counted.set(counted.get() + 1);
        assert!(counted.get() < 10, "it never ends");
        let is_start = request.body.expose_secret().contains("SRP_A");
        let challenge = if is_start {
            json!({ "ChallengeName": "DEVICE_PASSWORD_VERIFIER", "Session": "s", "ChallengeParameters": {
                "SALT": "aa", "SRP_B": "bb", "SECRET_BLOCK": "AAAA", "USERNAME": "ann", "DEVICE_KEY": key } })
        } else {
            json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": "s", "ChallengeParameters": {} })
        };
        Ok(Response { status: 200, headers: Vec::new(), body: challenge.to_string().into() })
    });
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth), "DEVICE_SRP_AUTH");
    assert_eq!(count.get(), 3);
}
