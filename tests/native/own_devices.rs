//! The devices of the signed-in user: listed, looked at, remembered by choice, forgotten.

use poolpass::flow::sign_in::{AuthFlow, SignInStep};
use poolpass::idp::operations::{FETCH_DEVICES, FORGET_DEVICE, GET_DEVICE, REMEMBER_DEVICE};
use poolpass::json::Value as Json;
use serde_json::{Value, json};

use crate::devices::{
    Remembers, ask_for_codes, assert_asks, assert_done, confirm, devices, pool, record_key, sign_in, sign_out, stored,
};
use crate::made_pool::MadePool;
use crate::stage::{HOUR_MS, Stage, WEB, block_on};

fn is_remembered(pool: &MadePool, key: &str) -> bool {
    let shown = pool.administer("AdminGetDevice", json!({ "Username": "ann", "DeviceKey": key }));
    let mut attributes = shown["Device"]["DeviceAttributes"].as_array().unwrap().iter();
    attributes.any(|attribute| *attribute == json!({ "Name": "dev:device_remembered_status", "Value": "remembered" }))
}

/// Signs ann in as if this browser had never seen her. Returns the key of the new device.
fn sign_in_anew(pool: &MadePool) -> String {
    pool.stage.world.delete(&record_key(pool, "ann"));
    sign_in(&pool.tab(), "ann", AuthFlow::UserSrpAuth);
    stored(pool, "ann").unwrap()
}

#[test]
fn where_the_pool_asks_the_user_decides() {
    let pool = pool(Remembers { on_prompt: true, ..Remembers::default() });
    ask_for_codes(&pool, "ann");
    let tab = pool.tab();
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    let step = confirm(&tab, pool.code("ann"));
    assert!(matches!(step, SignInStep::Done { can_remember_device: true }), "{step:?}");
    let key = stored(&pool, "ann").unwrap();
    assert!(!is_remembered(&pool, &key));
    sign_out(&pool, &tab);

    // The user has not agreed, so the code is asked for, but the device stays the same.
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    assert_done(&confirm(&tab, pool.code("ann")));
    assert_eq!(devices(&pool, "ann"), [key.as_str()]);
    pool.stage.sent();
    block_on(tab.client.remember_device(None)).unwrap();
    assert_eq!(pool.stage.sent(), ["UpdateDeviceStatus"]);
    assert!(is_remembered(&pool, &key));
    sign_out(&pool, &tab);
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
}

#[test]
fn the_current_device_is_forgotten_here_and_there() {
    let pool = pool(Remembers::default());
    ask_for_codes(&pool, "ann");
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    assert_done(&confirm(&tab, pool.code("ann")));
    pool.stage.sent();
    block_on(tab.client.forget_device(None)).unwrap();
    assert_eq!(pool.stage.sent(), ["ForgetDevice"]);
    assert_eq!((stored(&pool, "ann"), devices(&pool, "ann").len()), (None, 0));
    // Cognito refreshes only for a device that it knows.
    pool.stage.world.advance_ms(HOUR_MS);
    assert_eq!(block_on(tab.access_token(false)).unwrap(), None);
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
}

#[test]
fn another_device_is_forgotten_and_this_one_stays() {
    let pool = pool(Remembers::default());
    let (other, own) = (sign_in_anew(&pool), sign_in_anew(&pool));
    let tab = pool.tab();
    let listed = block_on(tab.client.fetch_devices()).unwrap();
    let other = listed.iter().find(|device| device.id == other).unwrap();
    assert_eq!((listed.len(), other.name()), (2, Some("poolpass memory")));
    assert!(other.created_s.is_some() && other.last_modified_s.is_some() && other.last_authenticated_s.is_some());
    block_on(tab.client.forget_device(Some(&other.id))).unwrap();
    assert_eq!((stored(&pool, "ann"), devices(&pool, "ann")), (Some(own.clone()), vec![own.clone()]));

    let error = block_on(tab.client.get_device(Some(&other.id))).unwrap_err();
    assert_eq!((error.name(), error.reason()), ("ResourceNotFoundException", Some("device_unknown")));
    assert_eq!(block_on(tab.client.get_device(None)).unwrap().id, own);
}

#[test]
fn devices_are_listed_over_all_pages() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    // The service has 60 on a page.
    for _ in 0..61 {
        sign_in_anew(&pool);
    }
    pool.stage.sent();
    assert_eq!(block_on(tab.client.fetch_devices()).unwrap().len(), 61);
    assert_eq!(pool.stage.sent(), ["ListDevices", "ListDevices"]);
}

#[test]
fn what_the_service_does_not_know_is_forgotten_here() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    let key = stored(&pool, "ann").unwrap();
    pool.administer("AdminForgetDevice", json!({ "Username": "ann", "DeviceKey": key }));
    let error = block_on(tab.client.remember_device(None)).unwrap_err();
    assert_eq!(error.reason(), Some("device_unknown"));
    assert_eq!(stored(&pool, "ann"), None);
}

#[test]
fn a_deleted_user_leaves_no_device_behind() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    for name in ["ben", "ann"] {
        sign_in(&tab, name, AuthFlow::UserSrpAuth);
    }
    block_on(tab.client.perform(&poolpass::idp::operations::DELETE_USER, &Json::object([]))).unwrap();
    assert_eq!(stored(&pool, "ann"), None);
    assert!(stored(&pool, "ben").is_some());
    let hints = pool.stage.world.stored_keys().into_iter().filter(|key| key.contains(".device-of.")).count();
    assert_eq!(hints, 1, "ben's");
}

#[test]
fn what_is_typed_is_not_readable_in_the_storage_after_a_sign_out() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    sign_in(&tab, "ann@example.com", AuthFlow::UserSrpAuth);
    sign_out(&pool, &tab);
    pool.stage.world.settle();
    for key in pool.stage.world.stored_keys() {
        let text = pool.stage.world.stored(&key).unwrap_or_default();
        assert!(!key.contains("example.com") && !text.contains("example.com"), "{key}: {text}");
    }
}

#[test]
fn a_user_at_no_device_must_name_one() {
    // This pool tracks no devices.
    let tab = Stage::new(WEB).signed_in_tab();
    for operation in [&GET_DEVICE, &REMEMBER_DEVICE, &FORGET_DEVICE] {
        let error = block_on(tab.client.perform(operation, &Json::object([]))).map(drop).unwrap_err();
        assert_eq!((error.name(), error.code()), ("DeviceMetadataNotFoundException", "bad_input"));
    }
}

/// A device that is not understood must not become the current one.
#[test]
fn a_malformed_device_is_refused_before_any_request() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    pool.stage.sent();
    for device in [json!("key"), json!({}), json!({ "id": "" }), json!({ "id": 1 }), json!([]), json!(true)] {
        let input = Json::parse(&json!({ "device": device }).to_string()).unwrap();
        for operation in [&GET_DEVICE, &REMEMBER_DEVICE, &FORGET_DEVICE] {
            let error = block_on(tab.client.perform(operation, &input)).map(drop).unwrap_err();
            assert_eq!(error.detail(), Some("device"), "{device}");
        }
    }
    assert!(block_on(tab.client.perform(&FETCH_DEVICES, &Json::object([("", Json::Null)]))).is_err());
    let empty = Json::object([("", "x".into())]);
    assert!(block_on(tab.client.perform(&REMEMBER_DEVICE, &empty)).is_err());
    assert_eq!(pool.stage.sent(), [""; 0]);
    let whole: Value = json!({ "device": {
        "id": stored(&pool, "ann").unwrap(), "name": "x", "attributes": { "device_name": "x" }, "createDate": "2026",
    } });
    block_on(tab.client.perform(&FORGET_DEVICE, &Json::parse(&whole.to_string()).unwrap())).unwrap();
    assert_eq!(pool.stage.sent(), ["ForgetDevice"]);
}
