//! Where sessions are stored: the browser's storage, memory, or a storage of the app.

use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use poolpass::error::{BadSetting, Error, ErrorKind, SettingProblem};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Where sessions are stored.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Storage {
    /// `localStorage`: shared by all tabs, until sign-out.
    #[default]
    Local,
    /// `sessionStorage`: for one tab, until it closes.
    Session,
    /// This page's memory, until a reload.
    Memory,
    /// The app's: see [`Storage::app`] and [`Storage::from_js`].
    App(AppStorageHandle),
}

impl Storage {
    /// A storage of the app, such as one on IndexedDB or in a browser extension.
    pub fn app(storage: impl AppStorage + 'static) -> Self {
        Self::App(AppStorageHandle(Rc::new(storage)))
    }

    /// A JavaScript object with the methods `getItem(key)`, `setItem(key, text)` and `removeItem(key)`. They may return
    /// promises.
    ///
    /// # Errors
    /// `bad_config` if a method is missing.
    pub fn from_js(object: &JsValue) -> Result<Self, Error> {
        let is_method =
            |name: &&str| Reflect::get(object, &JsValue::from_str(name)).is_ok_and(|method| method.is_function());
        if ["getItem", "setItem", "removeItem"].iter().all(is_method) {
            Ok(Self::app(JsStorage(object.clone().unchecked_into())))
        } else {
            let problem = SettingProblem::NotStorageObject;
            Err(ErrorKind::Config(BadSetting { key: "storage".to_owned(), problem }).into())
        }
    }

    /// The word of the setting.
    pub(crate) const fn setting(&self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Session => "session",
            Self::Memory => "memory",
            Self::App(_) => "custom",
        }
    }
}

/// A storage that the app implements.
///
/// All tabs of the app must see the same texts, though a write may take up to 125 ms to reach the others. A method without
/// an `await` is best: no other code of the page runs between a read and a write then.
///
/// ```
/// use gloo_storage::{SessionStorage, Storage as _, errors::StorageError as GlooError};
/// use poolpass_web::{AppStorage, StorageError};
///
/// struct Mine;
///
/// impl AppStorage for Mine {
///     async fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
///         match SessionStorage::get(key) {
///             Ok(text) => Ok(Some(text)),
///             Err(GlooError::KeyNotFound(_)) => Ok(None),
///             Err(_) => Err(StorageError),
///         }
///     }
///
///     async fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
///         SessionStorage::set(key, text).map_err(|_| StorageError)
///     }
///
///     async fn remove(&self, key: &str) -> Result<(), StorageError> {
///         SessionStorage::delete(key);
///         Ok(())
///     }
/// }
/// ```
#[expect(async_fn_in_trait, reason = "a browser's futures are not Send")]
pub trait AppStorage {
    /// The text under a key; `None` if there is none.
    ///
    /// # Errors
    /// [`StorageError`] if it cannot be read: what is stored is then unknown, and no session ends.
    async fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Stores a text, which contains tokens.
    ///
    /// # Errors
    /// [`StorageError`] if it could not be stored.
    async fn set(&self, key: &str, text: &str) -> Result<(), StorageError>;

    /// Removes the text under a key. A key without a text is no error.
    ///
    /// # Errors
    /// [`StorageError`] if the text is still there.
    async fn remove(&self, key: &str) -> Result<(), StorageError>;
}

/// A storage of the app has failed. It says no more, since texts of errors may reach logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageError;

/// A storage of the app, shared by clones.
#[derive(Clone)]
pub struct AppStorageHandle(Rc<dyn DynAppStorage>);

impl AppStorageHandle {
    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.0.get(key).await
    }

    pub(crate) async fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.0.set(key, text).await
    }

    pub(crate) async fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.remove(key).await
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + 'a>>;

/// [`AppStorage`] as a trait object.
trait DynAppStorage {
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<String>>;
    fn set<'a>(&'a self, key: &'a str, text: &'a str) -> Answer<'a, ()>;
    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, ()>;
}

impl<S: AppStorage> DynAppStorage for S {
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(AppStorage::get(self, key))
    }

    fn set<'a>(&'a self, key: &'a str, text: &'a str) -> Answer<'a, ()> {
        Box::pin(AppStorage::set(self, key, text))
    }

    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, ()> {
        Box::pin(AppStorage::remove(self, key))
    }
}

#[wasm_bindgen]
extern "C" {
    /// The methods that an object of the app has. No crate declares them: `web_sys::Storage` returns no promises.
    type StorageObject;
    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn get_item(this: &StorageObject, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setItem)]
    fn set_item(this: &StorageObject, key: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeItem)]
    fn remove_item(this: &StorageObject, key: &str) -> Result<JsValue, JsValue>;
}

struct JsStorage(StorageObject);

impl AppStorage for JsStorage {
    async fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        let value = settle(self.0.get_item(key)).await?;
        match value.as_string() {
            Some(text) => Ok(Some(text)),
            None if value.is_null() || value.is_undefined() => Ok(None),
            // What is stored is unknown, which is not the same as nothing.
            None => Err(StorageError),
        }
    }

    async fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        settle(self.0.set_item(key, text)).await.map(drop)
    }

    async fn remove(&self, key: &str) -> Result<(), StorageError> {
        settle(self.0.remove_item(key)).await.map(drop)
    }
}

/// The value that a method returned, awaited if it is a promise of whatever library. Any other value is there at once.
async fn settle(returned: Result<JsValue, JsValue>) -> Result<JsValue, StorageError> {
    let value = returned.map_err(|_| StorageError)?;
    if !value.is_object() && !value.is_function() {
        return Ok(value);
    }
    let then = Reflect::get(&value, &JsValue::from_str("then")).map_err(|_| StorageError)?;
    if !then.is_function() {
        return Ok(value);
    }
    JsFuture::from(Promise::resolve(&value)).await.map_err(|_| StorageError)
}
