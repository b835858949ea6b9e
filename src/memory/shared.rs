//! A tab's view of the storages: the one that all tabs share, and the tab's own.

use std::future::{Future, ready};
use std::rc::Rc;

use super::MemoryPlatform;
use super::storage::{Access, StorageFault};
use crate::error::{Error, ErrorKind, StorageFailure};
use crate::platform::{FlowScope, FlowStorage, Storage};
use crate::secret::Secret;

/// The same as in a browser.
const LAG_MS: u32 = 125;

/// The storage of sessions, which all tabs share.
#[derive(Clone)]
pub(super) struct SharedStorage(pub(super) MemoryPlatform);

impl SharedStorage {
    /// Waits for the time that an operation takes.
    async fn access(&self, access: Access, key: &str, failure: StorageFailure) -> Result<(), Error> {
        let world = &self.0.world;
        match world.storage().operation_ms.get() {
            // Synchronous like `localStorage`: no other task runs in between.
            0 => {}
            ms => world.sleep_ms(ms).await,
        }
        let is_broken = world.storage().is_broken(self.0.tab, access, key);
        if is_broken { Err(ErrorKind::Storage(failure).into()) } else { Ok(()) }
    }
}

impl Storage for SharedStorage {
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> + use<> {
        let (storage, key) = (self.clone(), key.to_owned());
        async move {
            storage.access(Access::Read, &key, StorageFailure::Read).await?;
            Ok(storage.0.read(&key).map(|text| Rc::new(Secret::new(text))))
        }
    }

    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let (storage, key, text) = (self.clone(), key.to_owned(), text.to_owned());
        async move {
            storage.access(Access::Write, &key, StorageFailure::Write).await?;
            if storage.0.world.storage().fault.get() != Some(StorageFault::WritesAreLost) {
                storage.0.write(&key, Some(&text));
            }
            Ok(())
        }
    }

    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let (storage, key) = (self.clone(), key.to_owned());
        async move {
            storage.access(Access::Remove, &key, StorageFailure::Write).await?;
            storage.0.write(&key, None);
            Ok(())
        }
    }

    fn lag_ms(&self) -> u32 {
        LAG_MS
    }
}

/// The storage of flows: the tab's own, or the one that all tabs share.
pub(super) struct MemoryFlowStorage {
    pub(super) platform: MemoryPlatform,
    pub(super) scope: FlowScope,
}

impl MemoryFlowStorage {
    fn access(&self, access: Access, key: &str, failure: StorageFailure) -> Result<(), Error> {
        let is_broken = self.platform.world.storage().is_broken(self.platform.tab, access, key);
        if is_broken { Err(ErrorKind::Storage(failure).into()) } else { Ok(()) }
    }
}

impl Storage for MemoryFlowStorage {
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> + use<> {
        let text = self.access(Access::Read, key, StorageFailure::Read).map(|()| match self.scope {
            FlowScope::Tab => self.platform.own.borrow().get(key).cloned(),
            FlowScope::Origin => self.platform.read(key),
        });
        ready(text.map(|text| text.map(|text| Rc::new(Secret::new(text)))))
    }

    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let access = self.access(Access::Write, key, StorageFailure::Write);
        let is_lost = self.platform.world.storage().fault.get() == Some(StorageFault::WritesAreLost);
        if access.is_ok() && !is_lost {
            match self.scope {
                FlowScope::Tab => drop(self.platform.own.borrow_mut().insert(key.to_owned(), text.to_owned())),
                FlowScope::Origin => self.platform.write(key, Some(text)),
            }
        }
        ready(access)
    }

    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        let access = self.access(Access::Remove, key, StorageFailure::Write);
        if access.is_ok() {
            match self.scope {
                FlowScope::Tab => drop(self.platform.own.borrow_mut().remove(key)),
                FlowScope::Origin => self.platform.write(key, None),
            }
        }
        ready(access)
    }

    fn lag_ms(&self) -> u32 {
        match self.scope {
            FlowScope::Tab => 0,
            FlowScope::Origin => LAG_MS,
        }
    }
}

impl FlowStorage for MemoryFlowStorage {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Error> {
        self.access(Access::Read, prefix, StorageFailure::Read)?;
        let world = &self.platform.world;
        let mut keys: Vec<String> = match self.scope {
            FlowScope::Tab => self.platform.own.borrow().keys().cloned().collect(),
            FlowScope::Origin => world.storage().keys(Some(self.platform.tab), world.now_ms()),
        };
        keys.retain(|key| key.starts_with(prefix));
        Ok(keys)
    }
}

impl MemoryPlatform {
    fn read(&self, key: &str) -> Option<String> {
        self.world.storage().get(Some(self.tab), self.world.now_ms(), key)
    }

    fn write(&self, key: &str, text: Option<&str>) {
        self.world.storage().set(Some(self.tab), self.world.now_ms(), key, text.map(ToOwned::to_owned));
    }
}
