//! What the tabs share: clock, storage, network, messages.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::MemoryPlatform;
use super::locks::{Locks, MemoryGuard};
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

/// What is wrong with the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageFault {
    /// Reading and writing fail.
    Fails,
    /// Reading fails.
    ReadsFail,
    /// Writing fails, as when it is full.
    WritesFail,
    /// Writing seems to succeed and is forgotten.
    WritesAreLost,
}

type Verifier = dyn Fn(&Key, &[u8], &[u8]) -> bool;
type Network = dyn Fn(&Request) -> Result<Response, SendFailure>;

/// One origin in one browser, with a network behind it.
#[derive(Clone)]
pub struct World(Rc<State>);

struct State {
    now_ms: Rc<Cell<i64>>,
    count: Cell<u64>,
    storage: RefCell<BTreeMap<String, String>>,
    storage_fault: Cell<Option<StorageFault>>,
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
        let now_ms = Rc::new(Cell::new(1_767_225_600_000));
        Self(Rc::new(State {
            locks: Locks::new(Rc::clone(&now_ms)),
            now_ms,
            count: Cell::new(0),
            storage: RefCell::default(),
            storage_fault: Cell::new(None),
            network: RefCell::new(Rc::new(|_| Err(SendFailure::Network(NetworkFailure::Unreachable)))),
            verifier: RefCell::new(Rc::new(|_, _, _| false)),
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

    /// The time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.0.now_ms.get()
    }

    /// Moves the time on. Lock waits that run out meanwhile end.
    pub fn advance_ms(&self, ms: i64) {
        self.0.now_ms.set(self.now_ms().saturating_add(ms));
        self.0.locks.time_has_passed();
    }

    /// Breaks the storage, or mends it.
    pub fn set_storage_fault(&self, fault: Option<StorageFault>) {
        self.0.storage_fault.set(fault);
    }

    /// What is stored under a key.
    pub fn stored(&self, key: &str) -> Option<String> {
        self.0.storage.borrow().get(key).cloned()
    }

    /// The keys that something is stored under.
    pub fn stored_keys(&self) -> Vec<String> {
        self.0.storage.borrow().keys().cloned().collect()
    }

    /// Stores text under a key, as another program on the page might.
    pub fn put(&self, key: &str, text: &str) {
        self.0.storage.borrow_mut().insert(key.to_owned(), text.to_owned());
    }

    /// Removes what is stored under a key.
    pub fn delete(&self, key: &str) {
        self.0.storage.borrow_mut().remove(key);
    }

    /// Takes a lock as a tab of this origin would, waiting at most so long of the world's time.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::LockTimeout`].
    pub async fn lock(&self, name: &str, wait_ms: u32) -> Result<MemoryGuard, Error> {
        self.0.locks.take(name, wait_ms).await
    }

    pub(super) fn exchange(&self, request: &Request) -> Result<Response, SendFailure> {
        let network = Rc::clone(&self.0.network.borrow());
        network(request)
    }

    pub(super) fn verify(&self, key: &Key, token: &Jws<'_>) -> bool {
        let verifier = Rc::clone(&self.0.verifier.borrow());
        verifier(key, token.signed.as_bytes(), &token.signature)
    }

    pub(super) fn in_storage<T>(&self, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> T {
        act(&mut self.0.storage.borrow_mut())
    }

    pub(super) fn storage_fault(&self) -> Option<StorageFault> {
        self.0.storage_fault.get()
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
