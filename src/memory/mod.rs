//! The in-memory platform. It is deterministic, and a test can give a tab a wrong clock, lose writes and responses,
//! hold locks, and freeze or crash a tab. The kit's flows run on it natively, and so can an app's tests.
//!
//! A [`World`] has one storage, one network, one clock and any number of tabs ([`MemoryPlatform`]). Run futures with
//! [`World::run`], which also runs the kit's background tasks.

mod abort;
mod executor;
mod locks;
mod passkeys;
mod shared;
mod storage;
mod world;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

use crate::crypto::sha256::sha256;
use crate::error::{Error, ErrorKind, NetworkFailure};
use crate::event::Event;
use crate::jwt::{Jws, Key};
use crate::platform::{
    Channel, Clock, Crypto, FlowScope, FlowStorage, Http, Locks, Platform, Request, Response, SendFailure, Storage,
};

use abort::AbortSignal;
pub use locks::MemoryGuard;
pub use passkeys::{PasskeyAnswer, PasskeyRequest};
use shared::{MemoryFlowStorage, SharedStorage};
pub use storage::{Access, StorageFault};
pub use world::{Message, World};

/// One tab of a [`World`].
#[derive(Clone)]
pub struct MemoryPlatform {
    world: World,
    tab: usize,
    clock_error_ms: Rc<Cell<i64>>,
    signal: Rc<AbortSignal>,
    /// The tab's own storage, like `sessionStorage`.
    own: Rc<RefCell<BTreeMap<String, String>>>,
}

impl MemoryPlatform {
    pub(super) fn new(world: World, tab: usize) -> Self {
        Self { world, tab, clock_error_ms: Rc::default(), signal: Rc::default(), own: Rc::default() }
    }

    /// Sets how far this tab's clock is ahead of the world's, in milliseconds.
    pub fn set_clock_error_ms(&self, error_ms: i64) {
        self.clock_error_ms.set(error_ms);
    }

    /// Aborts the operations that run on this platform, like an `AbortSignal`.
    pub fn abort(&self) {
        self.signal.fire();
    }

    /// The same tab after a reload: a new page with the tab's own storage.
    #[must_use]
    pub fn reloaded(&self) -> Self {
        Self { own: Rc::clone(&self.own), ..self.world.tab() }
    }

    /// Clears the tab's own storage, like some webviews that leave a page.
    pub fn clear_tab_storage(&self) {
        self.own.borrow_mut().clear();
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

impl Clock for MemoryPlatform {
    fn now_ms(&self) -> i64 {
        self.world.now_ms().saturating_add(self.clock_error_ms.get())
    }

    async fn sleep(&self, ms: u32) {
        self.signal.end(self.world.sleep_ms(ms)).await;
        yield_once().await;
    }
}

impl Crypto for MemoryPlatform {
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        if !self.world.has_crypto() {
            return Err(ErrorKind::Random.into());
        }
        for chunk in bytes.chunks_mut(32) {
            let block = sha256(&[b"poolpass memory", &self.world.next_count().to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }

    async fn verify(&self, key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
        yield_once().await;
        if self.world.has_crypto() { Ok(self.world.verify(key, token)) } else { Err(ErrorKind::NoCrypto.into()) }
    }
}

impl Http for MemoryPlatform {
    async fn send(&self, request: &Request) -> Result<Response, SendFailure> {
        yield_once().await;
        let filled;
        let mut request = request;
        if let Some(username) = &request.hash_of {
            let hash = self.world.secret_hash(username).map_err(SendFailure::Callback)?;
            filled = request.with_hash(&hash);
            request = &filled;
        }
        let (there_ms, back_ms) = self.world.latency(request);
        let deadline_ms = request.deadline_ms;
        self.signal.end(self.world.sleep_ms(there_ms.min(deadline_ms))).await;
        if self.signal.fired() {
            return Err(SendFailure::Aborted);
        }
        if there_ms >= deadline_ms {
            return Err(SendFailure::Network(NetworkFailure::TimedOut));
        }
        let answer = self.world.exchange(request);
        self.signal.end(self.world.sleep_ms(back_ms.min(deadline_ms - there_ms))).await;
        yield_once().await;
        if self.signal.fired() {
            return Err(SendFailure::Aborted);
        }
        if there_ms.saturating_add(back_ms) > deadline_ms {
            return Err(SendFailure::Network(NetworkFailure::TimedOut));
        }
        readable(answer?)
    }
}

/// What a page can see of a response: no redirect, no long body, and the headers that the kit reads.
fn readable(mut response: Response) -> Result<Response, SendFailure> {
    if matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return Err(SendFailure::Network(NetworkFailure::Unreachable));
    }
    if response.body.expose_secret().len() > Response::MAX_BODY_BYTES {
        return Err(SendFailure::Network(NetworkFailure::TooLarge));
    }
    response.headers.retain(|(name, _)| Response::HEADERS.contains(name));
    Ok(response)
}

impl Locks for MemoryPlatform {
    type Guard = MemoryGuard;

    async fn lock(&self, name: &str, wait_ms: u32) -> Result<Option<MemoryGuard>, Error> {
        yield_once().await;
        if self.world.has_locks() { self.world.lock(name, wait_ms).await.map(Some) } else { Ok(None) }
    }
}

impl Channel for MemoryPlatform {
    fn notify(&self, event: &Event) {
        self.world.deliver(self.tab, Message { event: event.clone(), remote: false });
    }

    fn broadcast(&self, event: &Event) {
        self.world.deliver_to_others(self.tab, event);
    }
}

impl Platform for MemoryPlatform {
    fn user_context(&self, username: &str, user_pool_id: &str, client_id: &str) -> Option<String> {
        self.world.user_context(username, user_pool_id, client_id)
    }

    fn storage(&self) -> impl Storage {
        SharedStorage(self.clone())
    }

    fn flow_storage(&self, scope: FlowScope) -> impl FlowStorage {
        MemoryFlowStorage { platform: self.clone(), scope }
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.world.spawn_in(self.tab, Box::pin(task));
    }

    fn device_name(&self) -> String {
        "poolpass memory".to_owned()
    }

    fn aborted(&self) -> bool {
        self.signal.fired()
    }

    fn detached(&self) -> Self {
        Self { signal: Rc::default(), ..self.clone() }
    }
}
