//! A platform in memory: deterministic, and it can be ordered to lie about time, to lose writes and replies,
//! and to hold locks. The kit's flows run on it natively, and so can an app's tests.
//!
//! A [`World`] has one storage, one network, one clock and any number of tabs ([`MemoryPlatform`]).

mod locks;
mod world;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use crate::crypto::sha256::sha256;
use crate::error::{Error, ErrorKind, StorageFailure};
use crate::jwt::{Jws, Key};
use crate::platform::{Drawer, Platform, Request, Response, SendFailure};
use crate::secret::Secret;

pub use locks::MemoryGuard;
pub use world::{Message, StorageFault, World};

/// One tab of a [`World`].
#[derive(Clone)]
pub struct MemoryPlatform {
    world: World,
    tab: usize,
    clock_error_ms: Rc<Cell<i64>>,
    aborted: Rc<Cell<bool>>,
    drawer: Rc<RefCell<BTreeMap<String, String>>>,
}

impl MemoryPlatform {
    pub(super) fn new(world: World, tab: usize) -> Self {
        Self { world, tab, clock_error_ms: Rc::default(), aborted: Rc::default(), drawer: Rc::default() }
    }

    /// Sets how far this tab's clock is ahead of the world's, in milliseconds.
    pub fn set_clock_error_ms(&self, error_ms: i64) {
        self.clock_error_ms.set(error_ms);
    }

    /// Makes the operations that run on this platform be given up, as an `AbortSignal` does.
    pub fn abort(&self) {
        self.aborted.set(true);
    }

    /// The same tab after a reload: a page of its own with the tab's drawer.
    #[must_use]
    pub fn reloaded(&self) -> Self {
        Self { drawer: Rc::clone(&self.drawer), ..self.world.tab() }
    }

    /// Empties the tab's drawer, as some webviews do when they leave a page.
    pub fn lose_drawer(&self) {
        self.drawer.borrow_mut().clear();
    }

    /// The events that this tab's listeners have been told, oldest first; each is told once.
    pub fn take_messages(&self) -> Vec<Message> {
        self.world.take_messages(self.tab)
    }
}

impl MemoryPlatform {
    fn in_drawer<T>(&self, drawer: Drawer, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> T {
        match drawer {
            Drawer::Tab => act(&mut self.drawer.borrow_mut()),
            Drawer::Origin => self.world.in_storage(act),
        }
    }
}

/// Lets every other task run once, as each I/O of a browser does.
async fn yield_once() {
    let mut yielded = false;
    poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Platform for MemoryPlatform {
    type Guard = MemoryGuard;

    fn now_ms(&self) -> i64 {
        self.world.now_ms().saturating_add(self.clock_error_ms.get())
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        for chunk in bytes.chunks_mut(32) {
            let block = sha256(&[b"poolpass memory", &self.world.next_count().to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }

    async fn sleep(&self, ms: u32) {
        self.world.advance_ms(i64::from(ms));
        yield_once().await;
    }

    async fn send(&self, request: &Request) -> Result<Response, SendFailure> {
        yield_once().await;
        if self.aborted.get() {
            return Err(SendFailure::Aborted);
        }
        let answer = self.world.exchange(request);
        yield_once().await;
        answer
    }

    async fn load(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        yield_once().await;
        if matches!(self.world.storage_fault(), Some(StorageFault::Fails | StorageFault::ReadsFail)) {
            return Err(ErrorKind::Storage(StorageFailure::Read).into());
        }
        Ok(self.world.stored(key).map(Secret::new))
    }

    async fn store(&self, key: &str, text: &str) -> Result<(), Error> {
        yield_once().await;
        match self.world.storage_fault() {
            Some(StorageFault::Fails | StorageFault::WritesFail) => {
                Err(ErrorKind::Storage(StorageFailure::Write).into())
            }
            Some(StorageFault::WritesAreLost) => Ok(()),
            _ => {
                self.world.put(key, text);
                Ok(())
            }
        }
    }

    async fn remove(&self, key: &str) -> Result<(), Error> {
        yield_once().await;
        self.world.delete(key);
        Ok(())
    }

    fn peek(&self, drawer: Drawer, key: &str) -> Option<Secret<String>> {
        self.in_drawer(drawer, |texts| texts.get(key).cloned()).map(Secret::new)
    }

    fn put(&self, drawer: Drawer, key: &str, text: &str) -> bool {
        if self.world.storage_fault().is_some() {
            return false;
        }
        self.in_drawer(drawer, |texts| texts.insert(key.to_owned(), text.to_owned()));
        true
    }

    fn discard(&self, drawer: Drawer, key: &str) {
        self.in_drawer(drawer, |texts| texts.remove(key));
    }

    fn keys(&self, drawer: Drawer, start: &str) -> Vec<String> {
        self.in_drawer(drawer, |texts| texts.keys().filter(|key| key.starts_with(start)).cloned().collect())
    }

    async fn verify(&self, key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
        yield_once().await;
        Ok(self.world.verify(key, token))
    }

    async fn lock(&self, name: &str, wait_ms: u32) -> Result<Option<MemoryGuard>, Error> {
        yield_once().await;
        self.world.lock(name, wait_ms).await.map(Some)
    }

    fn notify(&self, message: &str) {
        self.world.deliver(self.tab, Message { text: message.to_owned(), remote: false });
    }

    fn broadcast(&self, message: &str) {
        self.world.deliver_to_others(self.tab, message);
    }

    fn aborted(&self) -> bool {
        self.aborted.get()
    }

    fn detached(&self) -> Self {
        Self { aborted: Rc::default(), ..self.clone() }
    }
}
