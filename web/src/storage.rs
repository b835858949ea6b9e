//! `localStorage`, `sessionStorage`, an object of the app, or memory.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::reflect::{call, first, get, global, member};
use poolpass::config::Storage;
use poolpass::error::{BadSetting, Error, ErrorKind, StorageFailure};
use poolpass::secret::Secret;

/// A tab's writes reach the other processes' view of `localStorage` some milliseconds later; under load, some tens.
pub(crate) const STORAGE_LAG_MS: u32 = 125;

/// Something with `getItem`, `setItem` and `removeItem`.
#[derive(Clone)]
pub(crate) struct JsStorage(JsValue);

impl JsStorage {
    /// `localStorage` or `sessionStorage`; `None` where the browser blocks it: reading it throws then.
    pub(crate) fn global(name: &str) -> Option<Self> {
        Self::of(&global(name))
    }

    /// `None` if a method is missing.
    fn of(object: &JsValue) -> Option<Self> {
        let is_method = |name| member(object, name).is_some_and(|method| method.is_function());
        ["getItem", "setItem", "removeItem"].into_iter().all(is_method).then(|| Self(object.clone()))
    }

    pub(crate) fn get_item(&self, key: &str) -> Result<JsValue, JsValue> {
        call(&self.0, "getItem", &[&key.into()])
    }

    pub(crate) fn set_item(&self, key: &str, text: &str) -> Result<JsValue, JsValue> {
        call(&self.0, "setItem", &[&key.into(), &text.into()])
    }

    pub(crate) fn remove_item(&self, key: &str) -> Result<JsValue, JsValue> {
        call(&self.0, "removeItem", &[&key.into()])
    }

    /// The keys of a `Storage` of the browser's.
    pub(crate) fn keys(&self) -> Vec<String> {
        let keys = Reflect::own_keys(&self.0).unwrap_or_default();
        keys.iter().filter_map(|key| key.as_string()).collect()
    }
}

pub(crate) enum WebStorage {
    /// The browser's or the app's. The app's may return promises.
    Js(Storage, JsStorage),
    Memory(RefCell<Vec<(String, Secret<String>)>>),
}

impl WebStorage {
    pub(crate) fn open(wanted: Storage, custom: &JsValue) -> Result<Self, Error> {
        let found = match wanted {
            Storage::Local => JsStorage::global("localStorage"),
            Storage::Session => JsStorage::global("sessionStorage"),
            Storage::Memory => None,
            Storage::Custom => {
                let Some(storage) = JsStorage::of(custom) else {
                    let problem = "must have the methods getItem, setItem and removeItem";
                    return Err(ErrorKind::Config(BadSetting { key: "storage".to_owned(), problem }).into());
                };
                Some(storage)
            }
        };
        Ok(match found {
            Some(storage) => Self::Js(wanted, storage),
            None => Self::Memory(RefCell::default()),
        })
    }

    pub(crate) const fn kind(&self) -> Storage {
        match self {
            Self::Js(kind, _) => *kind,
            Self::Memory(_) => Storage::Memory,
        }
    }

    pub(crate) async fn load(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        match self {
            Self::Js(_, storage) => {
                let value = settle(storage.get_item(key), StorageFailure::Read).await?;
                match value.as_string() {
                    Some(text) => Ok(Some(Secret::new(text))),
                    None if value.is_null() || value.is_undefined() => Ok(None),
                    // What is stored is unknown, which is not the same as nothing.
                    None => Err(ErrorKind::Storage(StorageFailure::Read).into()),
                }
            }
            Self::Memory(texts) => {
                Ok(texts.borrow().iter().find_map(|(name, text)| (name == key).then(|| text.clone())))
            }
        }
    }

    pub(crate) async fn store(&self, key: &str, text: &str) -> Result<(), Error> {
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

    pub(crate) async fn remove(&self, key: &str) -> Result<(), Error> {
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

/// The value that a method returned, awaited if it is a thenable of whatever library or realm. Any other value is there
/// at once: between two calls of a synchronous storage no other code of the page runs.
async fn settle(result: Result<JsValue, JsValue>, failure: StorageFailure) -> Result<JsValue, Error> {
    let settled = match result {
        Ok(value) if value.is_object() || value.is_function() => match get(&value, "then") {
            Ok(then) if then.is_function() => first(&[&value]).await,
            then => then.map(|_| value),
        },
        other => other,
    };
    settled.map_err(|_| ErrorKind::Storage(failure).into())
}
