//! `sessionStorage` and `localStorage`, for what has to outlive a page but not a flow.

use std::future::{Future, ready};
use std::rc::Rc;

use poolpass::error::Error;
use poolpass::platform::{FlowScope, FlowStorage, Storage};
use poolpass::secret::Secret;

use super::session_storage::{unreadable, unwritable};
use super::{STORAGE_LAG_MS, scope};

/// One of the two; `None` where the browser blocks it.
pub(crate) struct WebFlowStorage(FlowScope, Option<web_sys::Storage>);

impl WebFlowStorage {
    pub(crate) fn open(scope: FlowScope) -> Self {
        let storage = match scope {
            FlowScope::Tab => scope::session_storage(),
            FlowScope::Origin => scope::local_storage(),
        };
        Self(scope, storage)
    }

    fn keys_of(storage: &web_sys::Storage) -> Option<Vec<String>> {
        let key = |at| storage.key(at).ok();
        let keys: Option<Vec<Option<String>>> = (0..storage.length().ok()?).map(key).collect();
        // A key that another tab has removed meanwhile is none.
        Some(keys?.into_iter().flatten().collect())
    }
}

impl Storage for WebFlowStorage {
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> + use<> {
        let text = self.1.as_ref().and_then(|storage| storage.get_item(key).ok());
        ready(text.ok_or_else(unreadable).map(|text| text.map(|text| Rc::new(Secret::new(text)))))
    }

    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        ready(self.1.as_ref().and_then(|storage| storage.set_item(key, text).ok()).ok_or_else(unwritable))
    }

    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        ready(self.1.as_ref().and_then(|storage| storage.remove_item(key).ok()).ok_or_else(unwritable))
    }

    fn lag_ms(&self) -> u32 {
        match self.0 {
            FlowScope::Tab => 0,
            FlowScope::Origin => STORAGE_LAG_MS,
        }
    }
}

impl FlowStorage for WebFlowStorage {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let mut keys = self.1.as_ref().and_then(Self::keys_of).ok_or_else(unreadable)?;
        keys.retain(|key| key.starts_with(prefix));
        Ok(keys)
    }
}
