//! The browser platform: storage, locks, randomness, the channel between tabs, `fetch`.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Object, Reflect};
use poolpass::Config;
use poolpass::config;
use poolpass::error::NetworkFailure;
use poolpass::event::{Event, User};
use poolpass::json::Value;
use poolpass::platform::{Channel, Clock, Crypto, Http, Platform, Request, SendFailure, Storage};
use poolpass_web::BrowserPlatform;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

pub(crate) type Heard = Rc<RefCell<Vec<(String, bool)>>>;

fn config(client_id: &str, storage: &str) -> Config {
    let json = format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{client_id}"}}, "storage": "{storage}"}}"#
    );
    Config::read(&Value::parse(&json).unwrap()).unwrap()
}

pub(crate) fn open(client_id: &str, storage: &str, custom: &JsValue) -> (BrowserPlatform, Heard) {
    let heard = Heard::default();
    let ear = Rc::clone(&heard);
    let listener = move |message: &str, remote: bool| ear.borrow_mut().push((message.to_owned(), remote));
    (BrowserPlatform::open(&config(client_id, storage), custom, Rc::new(listener)).unwrap(), heard)
}

fn request(url: &str) -> Request {
    Request {
        method: "GET",
        url: url.into(),
        headers: Vec::new(),
        body: Default::default(),
        deadline_ms: 5_000,
        bypass_cache: false,
    }
}

/// The page's own address, which the test runner's server answers.
fn page() -> String {
    let location = Reflect::get(&js_sys::global(), &"location".into()).unwrap();
    Reflect::get(&location, &"href".into()).unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
async fn storages_keep_and_forget() {
    for storage in ["local", "session", "memory"] {
        let (platform, _) = open("storages", storage, &JsValue::UNDEFINED);
        assert_eq!(platform.storage().get("k").await.unwrap().map(|text| text.expose_secret().clone()), None);
        platform.storage().set("k", "v \u{1f600}").await.unwrap();
        assert_eq!(platform.storage().get("k").await.unwrap().unwrap().expose_secret(), "v \u{1f600}");
        platform.storage().remove("k").await.unwrap();
        assert!(platform.storage().get("k").await.unwrap().is_none());
    }
}

#[wasm_bindgen_test]
async fn an_object_of_the_app_may_answer_with_promises_and_may_throw() {
    let custom = Object::new();
    let method = |name: &str, arguments: &str, body: &str| {
        Reflect::set(&custom, &name.into(), &Function::new_with_args(arguments, body)).unwrap();
    };
    method("getItem", "key", "return Promise.resolve(this[`_${key}`] ?? null)");
    method(
        "setItem",
        "key, text",
        "if (text === 'bad') throw 1; return Promise.resolve().then(() => { this[`_${key}`] = text })",
    );
    method("removeItem", "key", "return Promise.reject(new Error('no'))");
    let (platform, _) = open("custom", "custom", &custom);
    assert_eq!(platform.storage_kind(), config::Storage::Custom);
    platform.storage().set("k", "v").await.unwrap();
    assert_eq!(platform.storage().get("k").await.unwrap().unwrap().expose_secret(), "v");
    assert_eq!(platform.storage().set("k", "bad").await.unwrap_err().code(), "storage_write");
    assert_eq!(platform.storage().remove("k").await.unwrap_err().code(), "storage_write");

    let incomplete = Object::new();
    let refused = BrowserPlatform::open(&config("custom", "custom"), &incomplete, Rc::new(|_, _| {}));
    assert_eq!(refused.err().unwrap().code(), "bad_config");
}

#[wasm_bindgen_test]
fn a_synchronous_storage_answers_within_one_poll() {
    // No other code of the page runs between two calls then, such as between a look and a write.
    fn at_once<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the storage was waited for"),
        }
    }
    let own = Function::new_no_args(
        "const map = new Map();
        return {
            getItem: (key) => map.get(key),
            setItem: (key, text) => map.set(key, text),
            removeItem: (key) => map.delete(key),
        };",
    );
    for (storage, custom) in [("local", JsValue::UNDEFINED), ("custom", own.call0(&JsValue::NULL).unwrap())] {
        let (platform, _) = open("polls", storage, &custom);
        at_once(platform.storage().set("k", "v")).unwrap();
        assert_eq!(at_once(platform.storage().get("k")).unwrap().unwrap().expose_secret(), "v");
        at_once(platform.storage().remove("k")).unwrap();
        assert!(at_once(platform.storage().get("k")).unwrap().is_none());
    }
}

#[wasm_bindgen_test]
async fn other_tabs_hear_and_this_one_does_not() {
    // `storage` events reach other documents only, which the end-to-end tests have; this is the other channel.
    let own =
        Function::new_no_args("return { getItem() {}, setItem() {}, removeItem() {} }").call0(&JsValue::NULL).unwrap();
    let (one, heard_by_one) = open("channel", "custom", &own);
    let (two, heard_by_two) = open("channel", "custom", &own);
    let (stranger, heard_by_stranger) = open("otherclient", "custom", &own);
    let user = User { username: "ada".into(), user_id: "1".into(), sign_in_details: None };
    one.broadcast(&Event::SignedIn(user));
    one.notify(&Event::TokenRefresh);
    for _ in 0..200 {
        if !heard_by_two.borrow().is_empty() {
            break;
        }
        one.sleep(10).await;
    }
    let signed_in = r#"{"event":"signedIn","data":{"username":"ada","userId":"1"}}"#;
    assert_eq!(*heard_by_two.borrow(), [(signed_in.to_owned(), true)]);
    assert_eq!(*heard_by_one.borrow(), [(r#"{"event":"tokenRefresh","data":{}}"#.to_owned(), false)]);
    assert!(heard_by_stranger.borrow().is_empty());
    for platform in [one, two, stranger] {
        platform.close();
        // Nothing happens, and nothing throws.
        platform.broadcast(&Event::TokenRefresh);
    }
}

#[wasm_bindgen_test]
fn randomness_is_not_constant() {
    let (platform, _) = open("random", "memory", &JsValue::UNDEFINED);
    let mut blocks = [[0u8; 32]; 2];
    for block in &mut blocks {
        platform.fill_random(block).unwrap();
    }
    assert_ne!(blocks[0], blocks[1]);
    assert_ne!(blocks[0], [0; 32]);
}

#[wasm_bindgen_test]
async fn fetch_brings_status_headers_and_body() {
    let (platform, _) = open("fetch", "memory", &JsValue::UNDEFINED);
    let answer = platform.send(&request(&page())).await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.body.expose_secret().contains("<html") || answer.body.expose_secret().contains("<!DOCTYPE"));
}

#[wasm_bindgen_test]
async fn no_answer_is_a_network_failure_and_not_a_throw() {
    let (platform, _) = open("fetch", "memory", &JsValue::UNDEFINED);
    // Port 9 is on the browser's list of blocked ports.
    let failure = platform.send(&request("http://localhost:9/")).await.err();
    assert_eq!(failure, Some(SendFailure::Network(NetworkFailure::Unreachable)));
    let failure = platform.send(&request("http://[")).await.err();
    assert_eq!(failure, Some(SendFailure::Network(NetworkFailure::Unreachable)));
}

#[wasm_bindgen_test]
async fn an_answer_beyond_all_bounds_is_refused() {
    let (platform, _) = open("fetch", "memory", &JsValue::UNDEFINED);
    // The test module itself is larger than any answer of Cognito's.
    let huge = ["data:text/plain,", &"x".repeat(poolpass::platform::Response::MAX_BODY_BYTES + 1)].concat();
    let failure = platform.send(&request(&huge)).await.err();
    assert_eq!(failure, Some(SendFailure::Network(NetworkFailure::TooLarge)));
}

#[wasm_bindgen_test]
async fn the_callers_signal_ends_a_request() {
    let (platform, _) = open("fetch", "memory", &JsValue::UNDEFINED);
    let signal = Function::new_no_args("return AbortSignal.abort()").call0(&JsValue::UNDEFINED).unwrap();
    let aborted = platform.with_signal(Some(signal.unchecked_into()));
    assert!(aborted.aborted());
    assert_eq!(aborted.send(&request(&page())).await.err(), Some(SendFailure::Aborted));
    assert!(!aborted.detached().aborted());
}
