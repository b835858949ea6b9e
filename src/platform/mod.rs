//! What a browser provides, as small traits. Nothing else does I/O, reads a clock or makes random numbers.
//!
//! Three platforms implement them: `poolpass-web` for Rust apps in a browser, the npm package's (`poolpass-js`), and
//! [`crate::memory::MemoryPlatform`] for tests, which is deterministic and simulates faults. All of them pass the same tests,
//! `tests/shared/platform_contract`.

mod deferred;
mod http;
mod passkeys;

use std::future::{Future, ready};
use std::rc::Rc;

use crate::error::Error;
use crate::event::Event;
use crate::jwt::{Jws, Key};
use crate::secret::Secret;

pub use deferred::Loaded;
pub use http::{Request, Response, Retry, SendFailure};
pub use passkeys::{AUTOFILL_MS, Mediation, Passkeys};

/// The local clock, which may be wrong and may jump.
pub trait Clock {
    /// The time in milliseconds since 1970.
    fn now_ms(&self) -> i64;

    /// Waits. Ends early if the caller aborts.
    fn sleep(&self, ms: u32) -> impl Future<Output = ()>;
}

/// Randomness, and the cryptography that the kit leaves to the platform.
pub trait Crypto {
    /// Fills the bytes from a cryptographically secure source.
    ///
    /// # Errors
    /// `no_random`.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error>;

    /// Whether the token's signature is valid for the key: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2.2).
    ///
    /// # Errors
    /// `no_crypto`.
    fn verify(&self, key: &Key, token: &Jws<'_>) -> impl Future<Output = Result<bool, Error>>;
}

/// The network.
pub trait Http {
    /// Sends a request and reads the whole response. Follows no redirect and sends no cookie. Before the deadline begins, the app's
    /// function gives the hash of [`Request::hash_of`].
    fn send(&self, request: &Request) -> impl Future<Output = Result<Response, SendFailure>>;
}

/// A key-value storage. Other tabs may share it. Its futures do not borrow what they are given, so a caller keeps no key
/// while it waits.
pub trait Storage {
    /// The text under a key. `None` if there is none. A platform that knows that a text has not changed may share it.
    ///
    /// # Errors
    /// `storage_read`: what is stored is unknown.
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Rc<Secret<String>>>, Error>> + use<Self>;

    /// Stores a text under a key.
    ///
    /// # Errors
    /// `storage_write`.
    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<Self>;

    /// Removes the text under a key.
    ///
    /// # Errors
    /// `storage_write`.
    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<Self>;

    /// How long other tabs may still see an old value after a write, in milliseconds. 0 if no other tab shares the
    /// storage.
    fn lag_ms(&self) -> u32;
}

/// The storage of flows, which can list its keys.
pub trait FlowStorage: Storage {
    /// The keys that start with `prefix`.
    ///
    /// # Errors
    /// `storage_read`.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Error>;
}

/// Which tabs see the record of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowScope {
    /// This tab.
    Tab,
    /// All tabs of the origin.
    Origin,
}

/// Locks across all tabs of the origin.
pub trait Locks {
    /// A held lock, released when dropped.
    type Guard: Guard;

    /// Takes a lock and waits for it at most `wait_ms`. With 0 it is taken only if it is free. `None` if there are no
    /// such locks here. The caller's abort does not end the wait; dropping the future does.
    ///
    /// # Errors
    /// `lock_timeout`.
    fn lock(&self, name: &str, wait_ms: u32) -> impl Future<Output = Result<Option<Self::Guard>, Error>>;
}

/// A lock that is held, and released when dropped.
pub trait Guard {
    /// Whether another holder had the lock when it was requested.
    fn contended(&self) -> bool;
}

/// The way to the listeners of events.
pub trait Channel {
    /// Emits an event to the listeners in this tab.
    fn notify(&self, event: &Event);

    /// Emits an event to the listeners in the other tabs. The platform encodes it.
    fn broadcast(&self, event: &Event);
}

/// The environment that the kit runs in.
///
/// Futures are not `Send`, since a browser's aren't. Clones are views of the same tab.
pub trait Platform: Clock + Crypto + Http + Locks + Channel + Clone + 'static {
    /// The storage of sessions and credentials, as configured.
    fn storage(&self) -> impl Storage;

    /// The storage of flows while the user is at a sign-in page.
    fn flow_storage(&self, scope: FlowScope) -> impl FlowStorage;

    /// Runs a task in the background, detached from any caller.
    fn spawn(&self, task: impl Future<Output = ()> + 'static);

    /// What a user may know this device by in a list of devices: the browser and the operating system. Empty if it is unknown.
    fn device_name(&self) -> String;

    /// Loads the code that few calls need, where it is not part of the program.
    ///
    /// # Errors
    /// `network` if it can't be loaded.
    fn load_deferred(&self) -> impl Future<Output = Result<Loaded, Error>> {
        ready(Ok(Loaded::new()))
    }

    /// Whether the caller of the current operation has aborted.
    fn aborted(&self) -> bool;

    /// The device's fingerprint, if AWS's script for threat protection is on the page.
    fn user_context(&self, username: &str, user_pool_id: &str, client_id: &str) -> Option<String>;

    /// The same platform, detached from the caller's abort signal.
    #[must_use]
    fn detached(&self) -> Self;
}
