//! The in-memory platform. It is deterministic, and a test can give a tab a wrong clock, lose writes and responses,
//! hold locks, and freeze or crash a tab. The kit's flows run on it natively, and so can an app's tests.
//!
//! A [`World`] has one storage, one network, one clock and any number of tabs ([`MemoryPlatform`]). Run futures with
//! [`World::run`], which also runs the kit's background tasks.

mod executor;
mod locks;
mod storage;
mod world;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use crate::crypto::sha256::sha256;
use crate::error::{Error, ErrorKind, NetworkFailure, StorageFailure};
use crate::jwt::{Jws, Key};
use crate::platform::{Drawer, Platform, Request, Response, SendFailure};
use crate::secret::Secret;

pub use locks::MemoryGuard;
pub use storage::{Access, StorageFault};
pub use world::{Message, World};

/// The same as on the browser's platform.
const STORAGE_LAG_MS: u32 = 125;

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

    /// Aborts the operations that run on this platform, like an `AbortSignal`.
    pub fn abort(&self) {
        self.aborted.set(true);
    }

    /// The same tab after a reload: a new page with the tab's drawer.
    #[must_use]
    pub fn reloaded(&self) -> Self {
        Self { drawer: Rc::clone(&self.drawer), ..self.world.tab() }
    }

    /// Empties the tab's drawer, like some webviews that leave a page.
    pub fn lose_drawer(&self) {
        self.drawer.borrow_mut().clear();
    }

    /// The events that this tab's listeners have got since the last call, oldest first.
    pub fn take_messages(&self) -> Vec<Message> {
        self.world.take_messages(self.tab)
    }

    /// The tab's number in the world, counted from 0.
    pub const fn number(&self) -> usize {
        self.tab
    }

    /// Stops all tasks of this tab until it is thawed, like a browser that freezes a page in the background.
    pub fn freeze(&self) {
        self.world.freeze(self.tab, true);
    }

    /// Continues the tasks of a frozen tab.
    pub fn thaw(&self) {
        self.world.freeze(self.tab, false);
    }

    /// Drops all tasks of this tab, like a crash or a closed window. Its locks become free.
    pub fn crash(&self) {
        self.world.kill(self.tab);
    }

    /// Waits for the time that an operation of the storage takes. Returns whether it fails.
    async fn access(&self, access: Access, key: &str) -> bool {
        match self.world.storage().operation_ms.get() {
            // Synchronous like `localStorage`: no other task runs in between.
            0 => {}
            ms => self.world.sleep_ms(ms).await,
        }
        self.world.storage().is_broken(self.tab, access, key)
    }

    fn read(&self, key: &str) -> Option<String> {
        self.world.storage().get(Some(self.tab), self.world.now_ms(), key)
    }

    fn write(&self, key: &str, text: Option<&str>) {
        self.world.storage().set(Some(self.tab), self.world.now_ms(), key, text.map(ToOwned::to_owned));
    }
}

/// Lets every other task run once, like any I/O of a browser.
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
        self.world.sleep_ms(ms).await;
        yield_once().await;
    }

    async fn send(&self, request: &Request) -> Result<Response, SendFailure> {
        yield_once().await;
        let (there_ms, back_ms) = self.world.latency(request);
        let deadline_ms = request.deadline_ms;
        self.world.sleep_ms(there_ms.min(deadline_ms)).await;
        if self.aborted.get() {
            return Err(SendFailure::Aborted);
        }
        if there_ms >= deadline_ms {
            return Err(SendFailure::Network(NetworkFailure::TimedOut));
        }
        let answer = self.world.exchange(request);
        self.world.sleep_ms(back_ms.min(deadline_ms - there_ms)).await;
        yield_once().await;
        let is_late = there_ms.saturating_add(back_ms) > deadline_ms;
        if is_late { Err(SendFailure::Network(NetworkFailure::TimedOut)) } else { answer }
    }

    async fn load(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        if self.access(Access::Read, key).await {
            return Err(ErrorKind::Storage(StorageFailure::Read).into());
        }
        Ok(self.read(key).map(Secret::new))
    }

    async fn store(&self, key: &str, text: &str) -> Result<(), Error> {
        if self.access(Access::Write, key).await {
            return Err(ErrorKind::Storage(StorageFailure::Write).into());
        }
        if self.world.storage().fault.get() != Some(StorageFault::WritesAreLost) {
            self.write(key, Some(text));
        }
        Ok(())
    }

    async fn remove(&self, key: &str) -> Result<(), Error> {
        if self.access(Access::Remove, key).await {
            return Err(ErrorKind::Storage(StorageFailure::Write).into());
        }
        self.write(key, None);
        Ok(())
    }

    fn storage_lag_ms(&self) -> u32 {
        STORAGE_LAG_MS
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.world.spawn_in(self.tab, Box::pin(task));
    }

    fn peek(&self, drawer: Drawer, key: &str) -> Option<Secret<String>> {
        match drawer {
            Drawer::Tab => self.drawer.borrow().get(key).cloned(),
            Drawer::Origin => self.read(key),
        }
        .map(Secret::new)
    }

    fn put(&self, drawer: Drawer, key: &str, text: &str) -> bool {
        if self.world.storage().fault.get().is_some() {
            return false;
        }
        match drawer {
            Drawer::Tab => drop(self.drawer.borrow_mut().insert(key.to_owned(), text.to_owned())),
            Drawer::Origin => self.write(key, Some(text)),
        }
        true
    }

    fn discard(&self, drawer: Drawer, key: &str) {
        match drawer {
            Drawer::Tab => drop(self.drawer.borrow_mut().remove(key)),
            Drawer::Origin => self.write(key, None),
        }
    }

    fn keys(&self, drawer: Drawer, start: &str) -> Vec<String> {
        let mut keys: Vec<String> = match drawer {
            Drawer::Tab => self.drawer.borrow().keys().cloned().collect(),
            Drawer::Origin => self.world.storage().keys(Some(self.tab), self.world.now_ms()),
        };
        keys.retain(|key| key.starts_with(start));
        keys
    }

    async fn verify(&self, key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
        yield_once().await;
        Ok(self.world.verify(key, token))
    }

    async fn lock(&self, name: &str, wait_ms: u32) -> Result<Option<MemoryGuard>, Error> {
        yield_once().await;
        if self.world.has_locks() { self.world.lock(name, wait_ms).await.map(Some) } else { Ok(None) }
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
