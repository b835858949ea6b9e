//! The state that the tabs share: clock, storage, network, messages.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::MemoryPlatform;
use super::executor::Executor;
use super::locks::{Locks, MemoryGuard};
use super::passkeys::{Asking, PasskeyAnswer, PasskeyRequest, User};
use super::storage::{Access, Storage, StorageFault};
use crate::error::{Error, NetworkFailure, PasskeyFault};
use crate::event::Event;
use crate::jwt::{Jws, Key};
use crate::platform::{Request, Response, SendFailure};
use crate::secret::Secret;

/// An event as a tab's listeners get it.
#[derive(Clone, Debug)]
pub struct Message {
    /// The event.
    pub event: Event,
    /// Whether another tab caused it.
    pub remote: bool,
}

type Verifier = dyn Fn(&Key, &[u8], &[u8]) -> bool;
type Latency = dyn Fn(&Request) -> (u32, u32);
type UserContext = dyn Fn(&str, &str, &str) -> Option<String>;
type SecretHash = dyn Fn(&str) -> Result<Secret<String>, String>;
type Network = dyn Fn(&Request) -> Result<Response, SendFailure>;

/// One origin in one browser, with a network.
#[derive(Clone)]
pub struct World(Rc<State>);

struct State {
    executor: Executor,
    count: Cell<u64>,
    storage: Storage,
    has_crypto: Cell<bool>,
    has_locks: Cell<bool>,
    latency: RefCell<Rc<Latency>>,
    network: RefCell<Rc<Network>>,
    verifier: RefCell<Rc<Verifier>>,
    user_context: RefCell<Rc<UserContext>>,
    secret_hash: RefCell<Rc<SecretHash>>,
    locks: Locks,
    messages: RefCell<Vec<Vec<Message>>>,
    asking: RefCell<Vec<Rc<Asking>>>,
    user: RefCell<Rc<User>>,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// Creates a world at the beginning of 2026 with an empty storage and no network.
    pub fn new() -> Self {
        Self(Rc::new(State {
            executor: Executor::new(1_767_225_600_000),
            count: Cell::new(0),
            storage: Storage::default(),
            has_crypto: Cell::new(true),
            has_locks: Cell::new(true),
            latency: RefCell::new(Rc::new(|_| (0, 0))),
            network: RefCell::new(Rc::new(|_| Err(SendFailure::Network(NetworkFailure::Unreachable)))),
            verifier: RefCell::new(Rc::new(|_, _, _| false)),
            user_context: RefCell::new(Rc::new(|_, _, _| None)),
            secret_hash: RefCell::new(Rc::new(|_| Err("none was given".to_owned()))),
            locks: Locks::default(),
            messages: RefCell::default(),
            asking: RefCell::default(),
            user: RefCell::new(Rc::new(|_| PasskeyAnswer::Fault(PasskeyFault::NotSupported))),
        }))
    }

    /// Opens a tab.
    pub fn tab(&self) -> MemoryPlatform {
        let mut messages = self.0.messages.borrow_mut();
        messages.push(Vec::new());
        self.0.asking.borrow_mut().push(Rc::default());
        MemoryPlatform::new(self.clone(), messages.len() - 1)
    }

    /// Connects a network to the world: a function from request to response.
    pub fn connect(&self, network: impl Fn(&Request) -> Result<Response, SendFailure> + 'static) {
        self.0.network.replace(Rc::new(network));
    }

    /// Sets the world's RSA: a function of key, message and signature that returns whether the signature is valid
    /// (RSASSA-PKCS1-v1_5 with SHA-256). Without it no signature is valid.
    pub fn verify_with(&self, verifier: impl Fn(&Key, &[u8], &[u8]) -> bool + 'static) {
        self.0.verifier.replace(Rc::new(verifier));
    }

    /// Puts AWS's script for threat protection on the page: a function of user name, user pool ID and client ID.
    pub fn set_user_context(&self, script: impl Fn(&str, &str, &str) -> Option<String> + 'static) {
        self.0.user_context.replace(Rc::new(script));
    }

    /// Sets the app's function that returns the `SECRET_HASH` of a user name.
    pub fn set_secret_hash(&self, ask: impl Fn(&str) -> Result<Secret<String>, String> + 'static) {
        self.0.secret_hash.replace(Rc::new(ask));
    }

    /// Sets the user with an authenticator: a function that says what the user does when a tab asks for a passkey. Without it
    /// there are no passkeys.
    pub fn ask_user_with(&self, user: impl Fn(&PasskeyRequest<'_>) -> PasskeyAnswer + 'static) {
        self.0.user.replace(Rc::new(user));
    }

    /// Runs a future to its end, and all spawned tasks with it. Whenever all of them wait, the clock moves on.
    ///
    /// # Panics
    /// If the future waits for something that never happens.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.0.executor.run(future)
    }

    /// Runs the tasks that futures have left in the background, such as a lock that is held a little longer.
    pub fn settle(&self) {
        self.0.executor.settle();
    }

    /// Spawns a task that belongs to no tab, such as a test's own.
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.0.executor.spawn(None, Box::pin(task));
    }

    /// Runs the tasks until all of them wait for the clock.
    pub fn run_ready(&self) {
        self.0.executor.run_ready();
    }

    /// Moves the clock to the next time that a task waits for. Returns whether there is one.
    pub fn advance_to_next_timer(&self) -> bool {
        self.0.executor.advance_to_next_timer()
    }

    /// Sets a function that chooses which of so many tasks continues, for schedules in another order.
    pub fn choose_tasks_with(&self, choose: impl FnMut(usize) -> usize + 'static) {
        self.0.executor.choose_with(choose);
    }

    /// The tab whose task is running, such as the one that sends a request.
    pub fn running_tab(&self) -> Option<usize> {
        self.0.executor.running()
    }

    /// The time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.0.executor.now_ms()
    }

    /// Moves the clock on.
    pub fn advance_ms(&self, ms: i64) {
        self.0.executor.advance_ms(ms);
    }

    /// Waits in the world's time.
    pub async fn sleep_ms(&self, ms: u32) {
        self.0.executor.sleep_until(self.now_ms().saturating_add(i64::from(ms))).await;
    }

    /// Sets how long requests and their responses take, each in milliseconds.
    pub fn set_latency(&self, latency: impl Fn(&Request) -> (u32, u32) + 'static) {
        self.0.latency.replace(Rc::new(latency));
    }

    /// Sets whether this browser has WebCrypto.
    pub fn set_crypto(&self, has_crypto: bool) {
        self.0.has_crypto.set(has_crypto);
    }

    /// Sets whether this browser has Web Locks.
    pub fn set_locks(&self, has_locks: bool) {
        self.0.has_locks.set(has_locks);
    }

    /// Sets how long a tab's writes take to reach the other tabs, in milliseconds.
    pub fn set_storage_lag_ms(&self, lag_ms: u32) {
        self.0.storage.lag_ms.set(i64::from(lag_ms));
    }

    /// Makes the storage asynchronous: each operation takes this long, and operations keep their order.
    pub fn set_storage_operation_ms(&self, ms: u32) {
        self.0.storage.operation_ms.set(ms);
    }

    /// Breaks the storage, or repairs it.
    pub fn set_storage_fault(&self, fault: Option<StorageFault>) {
        self.0.storage.fault.set(fault);
    }

    /// Sets a function that decides which operations of the storage fail, by tab and key.
    pub fn fail_storage_when(&self, fails: impl FnMut(usize, Access, &str) -> bool + 'static) {
        self.0.storage.fails.replace(Some(Box::new(fails)));
    }

    /// The text that is stored under a key.
    pub fn stored(&self, key: &str) -> Option<String> {
        self.0.storage.get(None, self.now_ms(), key)
    }

    /// The keys in the storage.
    pub fn stored_keys(&self) -> Vec<String> {
        self.0.storage.keys(None, self.now_ms())
    }

    /// Stores a text under a key, like another program on the page.
    pub fn put(&self, key: &str, text: &str) {
        self.0.storage.set(None, self.now_ms(), key, Some(text.to_owned()));
    }

    /// Removes the text under a key.
    pub fn delete(&self, key: &str) {
        self.0.storage.set(None, self.now_ms(), key, None);
    }

    /// Takes a lock like a tab of this origin. Waits at most `wait_ms` in the world's time.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::LockTimeout`].
    pub async fn lock(&self, name: &str, wait_ms: u32) -> Result<MemoryGuard, Error> {
        self.0.locks.take(&self.0.executor, name, wait_ms).await
    }

    /// The names of the locks that are held or requested.
    pub fn locks(&self) -> Vec<String> {
        self.0.locks.held()
    }

    pub(super) fn has_crypto(&self) -> bool {
        self.0.has_crypto.get()
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

    pub(super) fn user_context(&self, username: &str, user_pool_id: &str, client_id: &str) -> Option<String> {
        let script = Rc::clone(&self.0.user_context.borrow());
        script(username, user_pool_id, client_id)
    }

    pub(super) fn secret_hash(&self, username: &str) -> Result<Secret<String>, String> {
        let ask = Rc::clone(&self.0.secret_hash.borrow());
        ask(username)
    }

    pub(super) fn ask_user(&self, request: &PasskeyRequest<'_>) -> PasskeyAnswer {
        let user = Rc::clone(&self.0.user.borrow());
        user(request)
    }

    pub(super) fn asking(&self, tab: usize) -> Rc<Asking> {
        Rc::clone(&self.0.asking.borrow()[tab])
    }

    pub(super) fn next_count(&self) -> u64 {
        self.0.count.set(self.0.count.get() + 1);
        self.0.count.get()
    }

    pub(super) fn deliver(&self, tab: usize, message: Message) {
        if matches!(message.event, Event::SignedIn(_)) {
            self.asking(tab).signed_in();
        }
        self.0.messages.borrow_mut()[tab].push(message);
    }

    pub(super) fn deliver_to_others(&self, tab: usize, event: &Event) {
        let tabs = self.0.messages.borrow().len();
        for other in (0..tabs).filter(|other| *other != tab) {
            self.deliver(other, Message { event: event.clone(), remote: true });
        }
    }

    pub(super) fn take_messages(&self, tab: usize) -> Vec<Message> {
        std::mem::take(&mut self.0.messages.borrow_mut()[tab])
    }
}
