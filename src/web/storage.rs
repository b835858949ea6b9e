//! `localStorage`, `sessionStorage`, an object of the app, or memory.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::member;
use crate::config::Storage;
use crate::error::{BadSetting, Error, ErrorKind, StorageFailure};
use crate::secret::Secret;

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    pub(super) type JsStorage;
    #[wasm_bindgen(method, structural, catch, js_name = getItem)]
    pub(super) fn get_item(this: &JsStorage, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = setItem)]
    pub(super) fn set_item(this: &JsStorage, key: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = removeItem)]
    pub(super) fn remove_item(this: &JsStorage, key: &str) -> Result<JsValue, JsValue>;
}

pub(super) enum WebStorage {
    /// Something with `getItem`, `setItem` and `removeItem`, which may return promises.
    Js(Storage, JsStorage),
    Memory(RefCell<Vec<(String, Secret<String>)>>),
}

impl WebStorage {
    pub(super) fn open(wanted: Storage, custom: &JsValue) -> Result<Self, Error> {
        let found = match wanted {
            // Looking at it throws where the browser blocks it.
            Storage::Local => member(&js_sys::global(), "localStorage"),
            Storage::Session => member(&js_sys::global(), "sessionStorage"),
            Storage::Memory => None,
            Storage::Custom => {
                let complete = ["getItem", "setItem", "removeItem"]
                    .iter()
                    .all(|method| member(custom, method).is_some_and(|method| method.is_function()));
                if !complete {
                    let problem = "must have the methods getItem, setItem and removeItem";
                    return Err(ErrorKind::Config(BadSetting { key: "storage".to_owned(), problem }).into());
                }
                Some(custom.clone())
            }
        };
        Ok(match found {
            Some(storage) => Self::Js(wanted, storage.unchecked_into()),
            None => Self::Memory(RefCell::default()),
        })
    }

    pub(super) const fn kind(&self) -> Storage {
        match self {
            Self::Js(kind, _) => *kind,
            Self::Memory(_) => Storage::Memory,
        }
    }

    pub(super) async fn load(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        match self {
            Self::Js(_, storage) => {
                let value = settle(storage.get_item(key), StorageFailure::Read).await?;
                Ok(value.as_string().map(Secret::new))
            }
            Self::Memory(texts) => {
                Ok(texts.borrow().iter().find_map(|(name, text)| (name == key).then(|| text.clone())))
            }
        }
    }

    pub(super) async fn store(&self, key: &str, text: &str) -> Result<(), Error> {
        match self {
            Self::Js(_, storage) => {
                settle(storage.set_item(key, text), StorageFailure::Write).await?;
            }
            Self::Memory(texts) => {
                let mut texts = texts.borrow_mut();
                texts.retain(|(name, _)| name != key);
                texts.push((key.to_owned(), Secret::from(text)));
            }
        }
        Ok(())
    }

    pub(super) async fn remove(&self, key: &str) -> Result<(), Error> {
        match self {
            Self::Js(_, storage) => {
                settle(storage.remove_item(key), StorageFailure::Write).await?;
            }
            Self::Memory(texts) => {
                texts.borrow_mut().retain(|(name, _)| name != key);
            }
        }
        Ok(())
    }
}

/// The value, waited for if it is a promise.
async fn settle(result: Result<JsValue, JsValue>, failure: StorageFailure) -> Result<JsValue, Error> {
    let settled = match result {
        Ok(value) if value.has_type::<Promise>() => JsFuture::from(Promise::unchecked_from_js(value)).await,
        other => other,
    };
    settled.map_err(|_| ErrorKind::Storage(failure).into())
}
