//! The storages of the browser.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use gloo_storage::{LocalStorage, Storage as _};
use poolpass::Config;
use poolpass::platform::{Crypto, FlowScope, FlowStorage, Platform, Storage as _};
use poolpass_web::{BrowserPlatform, Storage, StorageKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Replaced, run};

pub(crate) fn open(client_id: &str, storage: Storage) -> BrowserPlatform {
    let config: Config =
        format!(r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{client_id}"}}}}"#)
            .parse()
            .unwrap();
    BrowserPlatform::open(&config, &storage)
}

/// The result of a future that waits for nothing.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the storage was waited for"),
    }
}

#[wasm_bindgen_test]
fn storages_keep_and_forget_at_once() {
    // No other code of the page runs between two calls then, such as between a read and a write.
    for (storage, kind, lag_ms) in [
        (Storage::Local, StorageKind::Local, 125),
        (Storage::Session, StorageKind::Session, 0),
        (Storage::Memory, StorageKind::Memory, 0),
    ] {
        let platform = open("storages", storage);
        assert_eq!((platform.storage_kind(), platform.storage().lag_ms()), (kind, lag_ms));
        let storage = platform.storage();
        assert!(at_once(storage.get("k")).unwrap().is_none());
        at_once(storage.set("k", "v \u{1f600}")).unwrap();
        assert_eq!(at_once(storage.get("k")).unwrap().unwrap().expose_secret(), "v \u{1f600}");
        at_once(storage.remove("k")).unwrap();
        assert!(at_once(storage.get("k")).unwrap().is_none());
    }
}

#[wasm_bindgen_test]
fn a_blocked_storage_is_replaced_by_memory() {
    // What a browser does where the user blocks cookies and site data.
    let _blocked = Replaced::by(
        "window.realStorages = {};
        for (const name of ['localStorage', 'sessionStorage']) {
            realStorages[name] = Object.getOwnPropertyDescriptor(window, name);
            Object.defineProperty(window, name, {
                configurable: true,
                get() { throw new DOMException('blocked', 'SecurityError') },
            });
        }",
        "Object.defineProperties(window, realStorages)",
    );
    for storage in [Storage::Local, Storage::Session] {
        let platform = open("blocked", storage);
        assert_eq!(platform.storage_kind(), StorageKind::Memory);
        at_once(platform.storage().set("k", "v")).unwrap();
        assert!(at_once(platform.storage().get("k")).unwrap().is_some());
    }
    for scope in [FlowScope::Tab, FlowScope::Origin] {
        let platform = open("blocked", Storage::Memory);
        let flows = platform.flow_storage(scope);
        assert_eq!(at_once(flows.get("k")).err().unwrap().code(), "storage_read");
        assert_eq!(at_once(flows.set("k", "v")).unwrap_err().code(), "storage_write");
        assert_eq!(flows.keys("k").unwrap_err().code(), "storage_read");
    }
}

#[wasm_bindgen_test]
fn a_storage_that_begins_to_throw_is_an_error() {
    let platform = open("throws", Storage::Local);
    let _full = Replaced::by(
        "for (const name of ['getItem', 'setItem', 'removeItem']) {
            Storage.prototype['_' + name] = Storage.prototype[name];
            Storage.prototype[name] = () => { throw new DOMException('full', 'QuotaExceededError') };
        }",
        "for (const name of ['getItem', 'setItem', 'removeItem']) {
            Storage.prototype[name] = Storage.prototype['_' + name];
            delete Storage.prototype['_' + name];
        }",
    );
    assert_eq!(at_once(platform.storage().get("k")).err().unwrap().code(), "storage_read");
    assert_eq!(at_once(platform.storage().set("k", "v")).unwrap_err().code(), "storage_write");
    assert_eq!(at_once(platform.storage().remove("k")).unwrap_err().code(), "storage_write");
}

#[wasm_bindgen_test]
fn flow_storages_store_list_and_remove() {
    // Another library's key is not in the way.
    LocalStorage::set("gloo", "1").unwrap();
    for scope in [FlowScope::Tab, FlowScope::Origin] {
        let platform = open("flows", Storage::Memory);
        let storage = platform.flow_storage(scope);
        at_once(storage.set("flows.a", "1")).unwrap();
        at_once(storage.set("flows.b", "ä")).unwrap();
        assert_eq!(at_once(storage.get("flows.b")).unwrap().unwrap().expose_secret(), "ä");
        let mut keys = storage.keys("flows.").unwrap();
        keys.sort();
        assert_eq!(keys, ["flows.a", "flows.b"]);
        at_once(storage.remove("flows.a")).unwrap();
        at_once(storage.remove("flows.b")).unwrap();
        assert!(at_once(storage.get("flows.a")).unwrap().is_none() && storage.keys("flows.").unwrap().is_empty());
    }
    LocalStorage::delete("gloo");
}

#[wasm_bindgen_test]
fn randomness_is_not_constant() {
    let platform = open("random", Storage::Memory);
    let mut blocks = [[0u8; 32]; 2];
    for block in &mut blocks {
        platform.fill_random(block).unwrap();
    }
    assert_ne!(blocks[0], blocks[1]);
    assert_ne!(blocks[0], [0; 32]);
}

#[wasm_bindgen_test]
fn the_clock_is_the_browsers() {
    let before = run("return Date.now()").as_f64().unwrap() as i64;
    let now = poolpass::platform::Clock::now_ms(&open("clock", Storage::Memory));
    assert!((before..before + 60_000).contains(&now));
}
