//! The storage of sessions, as configured, or memory where the browser blocks it.

use std::cell::RefCell;
use std::rc::Rc;

use poolpass::error::{Error, ErrorKind, StorageFailure};
use poolpass::platform::Storage;
use poolpass::secret::Secret;

use super::{STORAGE_LAG_MS, scope};
use crate::storage::AppStorageHandle;

/// The storage in use, which is memory where the browser blocks the configured one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageKind {
    /// `localStorage`
    Local,
    /// `sessionStorage`
    Session,
    /// The page's memory.
    Memory,
    /// The app's.
    App,
}

/// Keys and their texts.
type Texts = Vec<(String, Rc<Secret<String>>)>;

/// Sessions in the storage of this kind.
#[derive(Clone)]
pub(crate) enum SessionStorage {
    Web(StorageKind, web_sys::Storage),
    App(AppStorageHandle),
    Memory(Rc<RefCell<Texts>>),
}

impl SessionStorage {
    /// Opens the configured storage.
    pub(crate) fn open(storage: &crate::Storage) -> Self {
        let web = match storage {
            crate::Storage::Local => scope::local_storage().map(|found| (StorageKind::Local, found)),
            crate::Storage::Session => scope::session_storage().map(|found| (StorageKind::Session, found)),
            crate::Storage::Memory => None,
            crate::Storage::App(app) => return Self::App(app.clone()),
        };
        web.map_or_else(|| Self::Memory(Rc::default()), |(kind, found)| Self::Web(kind, found))
    }

    pub(crate) const fn kind(&self) -> StorageKind {
        match self {
            Self::Web(kind, _) => *kind,
            Self::App(_) => StorageKind::App,
            Self::Memory(_) => StorageKind::Memory,
        }
    }
}

impl Storage for SessionStorage {
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> + use<> {
        let (storage, key) = (self.clone(), key.to_owned());
        async move {
            let text = match storage {
                Self::Web(_, storage) => storage.get_item(&key).ok(),
                Self::App(app) => app.get(&key).await.ok(),
                Self::Memory(texts) => {
                    return Ok(texts.borrow().iter().find_map(|(name, text)| (*name == key).then(|| Rc::clone(text))));
                }
            };
            Ok(text.ok_or_else(unreadable)?.map(|text| Rc::new(Secret::new(text))))
        }
    }

    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let (storage, key, text) = (self.clone(), key.to_owned(), Secret::from(text));
        async move {
            match storage {
                Self::Web(_, storage) => storage.set_item(&key, text.expose_secret()).map_err(|_| unwritable()),
                Self::App(app) => app.set(&key, text.expose_secret()).await.map_err(|_| unwritable()),
                Self::Memory(texts) => {
                    let mut texts = texts.borrow_mut();
                    texts.retain(|(name, _)| *name != key);
                    texts.push((key, Rc::new(text)));
                    Ok(())
                }
            }
        }
    }

    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let (storage, key) = (self.clone(), key.to_owned());
        async move {
            match storage {
                Self::Web(_, storage) => storage.remove_item(&key).map_err(|_| unwritable()),
                Self::App(app) => app.remove(&key).await.map_err(|_| unwritable()),
                Self::Memory(texts) => {
                    texts.borrow_mut().retain(|(name, _)| *name != key);
                    Ok(())
                }
            }
        }
    }

    fn lag_ms(&self) -> u32 {
        match self.kind() {
            StorageKind::Local | StorageKind::App => STORAGE_LAG_MS,
            // Other tabs have their own.
            StorageKind::Session | StorageKind::Memory => 0,
        }
    }
}

pub(super) fn unreadable() -> Error {
    ErrorKind::Storage(StorageFailure::Read).into()
}

pub(super) fn unwritable() -> Error {
    ErrorKind::Storage(StorageFailure::Write).into()
}
