//! Storages of the app: a Rust type, and a JavaScript object.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_storage::errors::StorageError as GlooError;
use gloo_storage::{SessionStorage, Storage as _};
use js_sys::Object;
use poolpass::platform::{Platform, Storage as _};
use poolpass_web::{AppStorage, Storage, StorageError, StorageKind};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::storage::{at_once, open};
use crate::support::{Server, auth, cognito, run, sleep};

/// Synchronous, on `gloo-storage`.
struct Gloo;

impl AppStorage for Gloo {
    async fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        match SessionStorage::get(key) {
            Ok(text) => Ok(Some(text)),
            Err(GlooError::KeyNotFound(_)) => Ok(None),
            Err(_) => Err(StorageError),
        }
    }

    async fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        SessionStorage::set(key, text).map_err(|_| StorageError)
    }

    async fn remove(&self, key: &str) -> Result<(), StorageError> {
        SessionStorage::delete(key);
        Ok(())
    }
}

/// Takes a few milliseconds, and fails while `is_broken`.
#[derive(Clone, Default)]
struct Slow {
    texts: Rc<RefCell<Vec<(String, String)>>>,
    is_broken: Rc<RefCell<bool>>,
}

impl Slow {
    async fn pause(&self) -> Result<(), StorageError> {
        sleep(5).await;
        if *self.is_broken.borrow() { Err(StorageError) } else { Ok(()) }
    }
}

impl AppStorage for Slow {
    async fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.pause().await?;
        Ok(self.texts.borrow().iter().find(|(name, _)| name == key).map(|(_, text)| text.clone()))
    }

    async fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.remove(key).await?;
        self.texts.borrow_mut().push((key.to_owned(), text.to_owned()));
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.pause().await?;
        self.texts.borrow_mut().retain(|(name, _)| name != key);
        Ok(())
    }
}

#[wasm_bindgen_test]
fn a_synchronous_storage_of_the_app_answers_at_once() {
    let platform = open("gloo", Storage::app(Gloo));
    assert_eq!((platform.storage_kind(), platform.storage().lag_ms()), (StorageKind::App, 125));
    at_once(platform.storage().set("gloo.k", "v")).unwrap();
    assert_eq!(at_once(platform.storage().get("gloo.k")).unwrap().unwrap().expose_secret(), "v");
    at_once(platform.storage().remove("gloo.k")).unwrap();
    assert!(at_once(platform.storage().get("gloo.k")).unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_session_lives_in_an_asynchronous_storage_and_survives_its_failures() {
    let _server = Server::start(cognito::answer("slow", cognito::nothing_else));
    let storage = Slow::default();
    let auth = auth("slow", Storage::app(storage.clone()));
    cognito::sign_in(&auth).await;
    assert!(storage.texts.borrow().iter().any(|(_, text)| text.contains("refresh-1")));
    storage.is_broken.replace(true);
    assert_eq!(auth.user().await.unwrap_err().code(), "storage_read", "what is stored is unknown");
    storage.is_broken.replace(false);
    assert_eq!(auth.user().await.unwrap().unwrap().username, "ada");
    auth.sign_out().await.unwrap();
    assert!(!storage.texts.borrow().iter().any(|(_, text)| text.contains("refresh-1")));
}

#[wasm_bindgen_test]
async fn an_object_may_answer_with_promises_and_may_throw() {
    let object = run("return {
        getItem(key) { return Promise.resolve(key === 'odd' ? 7 : this[`_${key}`] ?? null) },
        setItem(key, text) {
            if (text === 'bad') throw 1;
            return Promise.resolve().then(() => { this[`_${key}`] = text });
        },
        removeItem: () => Promise.reject(new Error('no')),
    }");
    let platform = open("object", Storage::from_js(&object).unwrap());
    platform.storage().set("k", "v").await.unwrap();
    assert_eq!(platform.storage().get("k").await.unwrap().unwrap().expose_secret(), "v");
    assert!(platform.storage().get("nothing").await.unwrap().is_none());
    assert_eq!(platform.storage().get("odd").await.err().unwrap().code(), "storage_read");
    assert_eq!(platform.storage().set("k", "bad").await.unwrap_err().code(), "storage_write");
    assert_eq!(platform.storage().remove("k").await.unwrap_err().code(), "storage_write");
    assert_eq!(Storage::from_js(&Object::new()).err().unwrap().code(), "bad_config");
}

#[wasm_bindgen_test]
fn a_synchronous_object_answers_at_once() {
    let object = run("const map = new Map();
        return {
            getItem: (key) => map.get(key),
            setItem: (key, text) => map.set(key, text),
            removeItem: (key) => map.delete(key),
        };");
    let platform = open("map", Storage::from_js(&object).unwrap());
    at_once(platform.storage().set("k", "v")).unwrap();
    assert_eq!(at_once(platform.storage().get("k")).unwrap().unwrap().expose_secret(), "v");
    at_once(platform.storage().remove("k")).unwrap();
    assert!(at_once(platform.storage().get("k")).unwrap().is_none());
}
