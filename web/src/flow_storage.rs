//! `sessionStorage` and `localStorage`, for what has to outlive a page but not a flow.

use poolpass::error::{Error, ErrorKind, StorageFailure};
use poolpass::platform::{FlowScope, FlowStorage, Storage};
use poolpass::secret::Secret;
use wasm_bindgen::JsValue;

use crate::storage::{JsStorage, STORAGE_LAG_MS};

/// One of the two; `None` where the browser blocks it.
struct WebFlowStorage(FlowScope, Option<JsStorage>);

pub(crate) fn open(scope: FlowScope) -> impl FlowStorage {
    let name = match scope {
        FlowScope::Tab => "sessionStorage",
        FlowScope::Origin => "localStorage",
    };
    WebFlowStorage(scope, JsStorage::global(name))
}

impl WebFlowStorage {
    fn access<T>(
        &self,
        failure: StorageFailure,
        work: impl FnOnce(&JsStorage) -> Result<T, JsValue>,
    ) -> Result<T, Error> {
        self.1.as_ref().and_then(|storage| work(storage).ok()).ok_or_else(|| ErrorKind::Storage(failure).into())
    }
}

impl Storage for WebFlowStorage {
    async fn get(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        let text = self.access(StorageFailure::Read, |storage| storage.get_item(key))?;
        Ok(text.as_string().map(Secret::new))
    }

    async fn set(&self, key: &str, text: &str) -> Result<(), Error> {
        self.access(StorageFailure::Write, |storage| storage.set_item(key, text)).map(drop)
    }

    async fn remove(&self, key: &str) -> Result<(), Error> {
        self.access(StorageFailure::Write, |storage| storage.remove_item(key)).map(drop)
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
        let mut keys = self.access(StorageFailure::Read, |storage| Ok(storage.keys()))?;
        keys.retain(|key| key.starts_with(prefix));
        Ok(keys)
    }
}
