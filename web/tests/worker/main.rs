//! The same in a worker, which has no window and no storage.
#![cfg(target_arch = "wasm32")]

#[path = "../../../tests/shared/jwt_vectors.rs"]
mod jwt_vectors;

use poolpass::platform::{Clock, Http, Locks, Platform, Request, Storage as _};
use poolpass_web::{Auth, BrowserPlatform, OAuth, PopupError, Storage, StorageKind, UserPool};
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn auth() -> Auth {
    let oauth = OAuth::new("auth.example.com").redirect_sign_in(["https://app.example.com/"]);
    Auth::builder(UserPool::new("eu-west-1_PoolPass1", "worker")).oauth(oauth).open().unwrap()
}

fn platform() -> BrowserPlatform {
    BrowserPlatform::open(auth().client().config(), &Storage::Local)
}

#[wasm_bindgen_test]
async fn sessions_are_in_memory() {
    assert_eq!(auth().storage(), StorageKind::Memory);
    let storage = platform();
    let storage = storage.storage();
    storage.set("k", "v").await.unwrap();
    assert_eq!(storage.get("k").await.unwrap().unwrap().expose_secret(), "v");
    assert!(auth().user().await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn requests_locks_and_timers_work() {
    let request = Request {
        method: "GET",
        url: "data:text/plain,hello".into(),
        headers: Vec::new(),
        body: Default::default(),
        deadline_ms: 5_000,
        hash_of: None,
        bypass_cache: true,
    };
    assert_eq!(platform().send(&request).await.unwrap().body.expose_secret(), "hello");
    let held = platform().lock("worker", 1_000).await.unwrap();
    assert!(held.is_some());
    assert_eq!(platform().lock("worker", 0).await.err().unwrap().code(), "lock_timeout");
    platform().sleep(1).await;
}

#[wasm_bindgen_test]
async fn tokens_are_verified() {
    jwt_vectors::agree_with_every_case(&platform()).await;
}

#[wasm_bindgen_test]
async fn what_needs_a_page_is_an_error() {
    let error = auth().sign_in_with_redirect().await.unwrap_err();
    assert_eq!(error.code(), "bad_input");
    assert!(error.message().contains("needs a page"));
    assert!(matches!(auth().sign_in_with_popup().await, Err(PopupError::Blocked)));
    assert!(auth().handle_redirect().await.unwrap().is_none());
}
