//! What the tabs share: clock, storage, network, messages.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::MemoryPlatform;
use super::executor::Executor;
use super::locks::{Locks, MemoryGuard};
use super::storage::{Access, Storage, StorageFault};
use crate::error::{Error, NetworkFailure};
use crate::jwt::{Jws, Key};
use crate::platform::{Request, Response, SendFailure};

/// An event as a tab's listeners are told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// JSON: `{"event", "data"?}`.
    pub text: String,
    /// Whether another tab caused it.
    pub remote: bool,
}

type Verifier = dyn Fn(&Key, &[u8], &[u8]) -> bool;
type Latency = dyn Fn(&Request) -> (u32, u32);
type Network = dyn Fn(&Request) -> Result<Response, SendFailure>;

/// One origin in one browser, with a network behind it.
#[derive(Clone)]
pub struct World(Rc<State>);

struct State {
    executor: Executor,
    count: Cell<u64>,
    storage: Storage,
    has_locks: Cell<bool>,
    latency: RefCell<Rc<Latency>>,
    network: RefCell<Rc<Network>>,
    verifier: RefCell<Rc<Verifier>>,
    locks: Locks,
    messages: RefCell<Vec<Vec<Message>>>,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A world at the beginning of 2026 with an empty storage and no network.
    pub fn new() -> Self {
        Self(Rc::new(State {
            executor: Executor::new(1_767_225_600_000),
            count: Cell::new(0),
            storage: Storage::default(),
            has_locks: Cell::new(true),
            latency: RefCell::new(Rc::new(|_| (0, 0))),
            network: RefCell::new(Rc::new(|_| Err(SendFailure::Network(NetworkFailure::Unreachable)))),
            verifier: RefCell::new(Rc::new(|_, _, _| false)),
            locks: Locks::default(),
            messages: RefCell::default(),
        }))
    }

    /// Opens a tab.
    pub fn tab(&self) -> MemoryPlatform {
        let mut messages = self.0.messages.borrow_mut();
        messages.push(Vec::new());
        MemoryPlatform::new(self.clone(), messages.len() - 1)
    }

    /// Puts a network behind the world: a function from request to answer.
    pub fn connect(&self, network: impl Fn(&Request) -> Result<Response, SendFailure> + 'static) {
        self.0.network.replace(Rc::new(network));
    }

    /// Gives the world its RSA: a function from key, message and signature to whether they fit (RSASSA-PKCS1-v1_5 with
    /// SHA-256). Without one no signature fits.
    pub fn verify_with(&self, verifier: impl Fn(&Key, &[u8], &[u8]) -> bool + 'static) {
        self.0.verifier.replace(Rc::new(verifier));
    }

    /// Runs a future to its end, and everything that was spawned with it. Whenever all of it waits, the clock moves on.
    ///
    /// # Panics
    /// If the future waits for something that never comes.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.0.executor.run(future)
    }

    /// Runs what futures have left in the background, such as a lock that is held for a while longer.
    pub fn settle(&self) {
        self.0.executor.settle();
    }

    /// Spawns a task of no tab, such as what a test does meanwhile.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.executor.spawn(None, Box::pin(task));
    }

    /// Runs the tasks as far as they go without the clock moving.
    pub fn run_ready(&self) {
        self.0.executor.run_ready();
    }

    /// Moves the clock to the next time that somebody waits for; whether there is one.
    pub fn advance_to_next_timer(&self) -> bool {
        self.0.executor.advance_to_next_timer()
    }

    /// Has a function choose which of so many tasks goes on, for schedules of another order.
    pub fn choose_tasks_with(&self, choose: impl FnMut(usize) -> usize + 'static) {
        self.0.executor.choose_with(choose);
    }

    /// The tab whose task runs right now, such as the one that sends a request.
    pub fn running_tab(&self) -> Option<usize> {
        self.0.executor.running()
    }

    /// The time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.0.executor.now_ms()
    }

    /// Moves the time on.
    pub fn advance_ms(&self, ms: i64) {
        self.0.executor.advance_ms(ms);
    }

    /// Waits for so long, in the world's time.
    pub async fn sleep_ms(&self, ms: u32) {
        self.0.executor.sleep_until(self.now_ms().saturating_add(i64::from(ms))).await;
    }

    /// Sets how long requests are under way, in milliseconds there and back.
    pub fn set_latency(&self, latency: impl Fn(&Request) -> (u32, u32) + 'static) {
        self.0.latency.replace(Rc::new(latency));
    }

    /// Sets whether this browser has Web Locks.
    pub fn set_locks(&self, has_locks: bool) {
        self.0.has_locks.set(has_locks);
    }

    /// Sets how long a tab's writes take to reach the other tabs, in milliseconds.
    pub fn set_storage_lag_ms(&self, lag_ms: u32) {
        self.0.storage.lag_ms.set(i64::from(lag_ms));
    }

    /// Makes the storage asynchronous: each operation takes so long and keeps its order.
    pub fn set_storage_operation_ms(&self, ms: u32) {
        self.0.storage.operation_ms.set(ms);
    }

    /// Breaks the storage, or mends it.
    pub fn set_storage_fault(&self, fault: Option<StorageFault>) {
        self.0.storage.fault.set(fault);
    }

    /// Has a function say which operations of the storage fail: of a tab, on a key.
    pub fn fail_storage_when(&self, fails: impl FnMut(usize, Access, &str) -> bool + 'static) {
        self.0.storage.fails.replace(Some(Box::new(fails)));
    }

    /// What is stored under a key.
    pub fn stored(&self, key: &str) -> Option<String> {
        self.0.storage.get(None, self.now_ms(), key)
    }

    /// The keys that something is stored under.
    pub fn stored_keys(&self) -> Vec<String> {
        self.0.storage.keys(None, self.now_ms())
    }

    /// Stores text under a key, as another program on the page might.
    pub fn put(&self, key: &str, text: &str) {
        self.0.storage.set(None, self.now_ms(), key, Some(text.to_owned()));
    }

    /// Removes what is stored under a key.
    pub fn delete(&self, key: &str) {
        self.0.storage.set(None, self.now_ms(), key, None);
    }

    /// Takes a lock as a tab of this origin would, waiting at most so long of the world's time.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::LockTimeout`].
    pub async fn lock(&self, name: &str, wait_ms: u32) -> Result<MemoryGuard, Error> {
        self.0.locks.take(&self.0.executor, name, wait_ms).await
    }

    /// The names of the locks that are held or waited for.
    pub fn locks(&self) -> Vec<String> {
        self.0.locks.held()
    }

    pub(super) fn has_locks(&self) -> bool {
        self.0.has_locks.get()
    }

    pub(super) fn latency(&self, request: &Request) -> (u32, u32) {
        let latency = Rc::clone(&self.0.latency.borrow());
        latency(request)
    }

    pub(super) fn storage(&self) -> &Storage {
        &self.0.storage
    }

    pub(super) fn freeze(&self, tab: usize, frozen: bool) {
        self.0.executor.freeze(tab, frozen);
    }

    pub(super) fn kill(&self, tab: usize) {
        self.0.executor.kill(tab);
    }

    pub(super) fn spawn_in(&self, tab: usize, task: Pin<Box<dyn Future<Output = ()>>>) {
        self.0.executor.spawn(Some(tab), task);
    }

    pub(super) fn exchange(&self, request: &Request) -> Result<Response, SendFailure> {
        let network = Rc::clone(&self.0.network.borrow());
        network(request)
    }

    pub(super) fn verify(&self, key: &Key, token: &Jws<'_>) -> bool {
        let verifier = Rc::clone(&self.0.verifier.borrow());
        verifier(key, token.signed.as_bytes(), &token.signature)
    }

    pub(super) fn next_count(&self) -> u64 {
        self.0.count.set(self.0.count.get() + 1);
        self.0.count.get()
    }

    pub(super) fn deliver(&self, tab: usize, message: Message) {
        self.0.messages.borrow_mut()[tab].push(message);
    }

    pub(super) fn deliver_to_others(&self, tab: usize, text: &str) {
        for (other, inbox) in self.0.messages.borrow_mut().iter_mut().enumerate() {
            if other != tab {
                inbox.push(Message { text: text.to_owned(), remote: true });
            }
        }
    }

    pub(super) fn take_messages(&self, tab: usize) -> Vec<Message> {
        std::mem::take(&mut self.0.messages.borrow_mut()[tab])
    }
}
