//! The browser as a platform: a page, a worker, or Node. The only layer besides `npm` that names JavaScript.

mod arrival;
mod body;
mod channel;
mod drawer;
mod fetch;
mod locks;
mod reflect;
mod signal;
mod signature;
mod storage;

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::config::{Config, Storage};
use crate::error::{Error, ErrorKind};
use crate::jwt::{Jws, Key};
use crate::platform::{Drawer, Platform, Request, Response, SendFailure};
use crate::secret::Secret;

pub use arrival::take_arrival;
use channel::Channel;
pub use locks::{WebGuard, release_locks};
use reflect::{call, call_global, global, member};
pub use signal::AbortSignal;
use storage::WebStorage;

/// A tab's writes reach the other processes' view of `localStorage` some milliseconds later; under load, some tens.
const STORAGE_LAG_MS: u32 = 125;

/// Hears the events of a session: JSON `{"event", "data"?}`, and whether another tab caused it.
pub type Listener = dyn Fn(&str, bool);

/// The browser. Clones share one storage and one channel to the other tabs.
#[derive(Clone)]
pub struct BrowserPlatform {
    shared: Rc<Shared>,
    signal: Option<AbortSignal>,
}

struct Shared {
    storage: WebStorage,
    listener: Rc<Listener>,
    channel: Option<Channel>,
}

impl BrowserPlatform {
    /// Opens the storage that the configuration names and the channel to the other tabs. `custom` is the
    /// object with `getItem`, `setItem` and `removeItem` where the configuration says so.
    ///
    /// Where the browser blocks the storage, sessions are kept in memory: see [`BrowserPlatform::storage`].
    ///
    /// # Errors
    /// `bad_config` if `custom` is not such an object.
    pub fn open(config: &Config, custom: &JsValue, listener: Rc<Listener>) -> Result<Self, Error> {
        let storage = WebStorage::open(config.storage, custom)?;
        let channel = match (&config.user_pool, &storage) {
            (Some(pool), WebStorage::Js(Storage::Local, local)) => {
                Channel::through(local.clone(), &pool.client_id, Rc::clone(&listener))
            }
            (Some(pool), WebStorage::Js(Storage::Custom, _)) => {
                Channel::broadcast(&pool.client_id, Rc::clone(&listener))
            }
            // What is in one tab is no business of the others.
            _ => None,
        };
        Ok(Self { shared: Rc::new(Shared { storage, listener, channel }), signal: None })
    }

    /// The storage in use, which is [`Storage::Memory`] where the browser blocks the one that was wanted.
    pub fn storage(&self) -> Storage {
        self.shared.storage.kind()
    }

    /// The same platform for one operation, which ends when the signal fires.
    #[must_use]
    pub fn with_signal(&self, signal: Option<AbortSignal>) -> Self {
        Self { shared: Rc::clone(&self.shared), signal }
    }

    /// Hears and tells the other tabs no more.
    pub fn close(&self) {
        if let Some(channel) = &self.shared.channel {
            channel.close();
        }
    }
}

impl Platform for BrowserPlatform {
    type Guard = WebGuard;

    fn now_ms(&self) -> i64 {
        let now = call(&global("Date"), "now", &[]).ok().and_then(|now| now.as_f64());
        // Without a clock nothing counts as current, and 0 is as wrong as any other clock may be.
        now.unwrap_or_default() as i64
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|_| ErrorKind::Random.into())
    }

    async fn sleep(&self, ms: u32) {
        let promise = Promise::new(&mut |resolve, _| {
            if call_global("setTimeout", &[&resolve, &ms.into()]).is_err() {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        });
        let _ = JsFuture::from(promise).await;
    }

    async fn send(&self, request: &Request) -> Result<Response, SendFailure> {
        fetch::send(request, self.signal.as_ref()).await
    }

    async fn load(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        self.shared.storage.load(key).await
    }

    async fn store(&self, key: &str, text: &str) -> Result<(), Error> {
        self.shared.storage.store(key, text).await
    }

    async fn remove(&self, key: &str) -> Result<(), Error> {
        self.shared.storage.remove(key).await
    }

    fn peek(&self, drawer: Drawer, key: &str) -> Option<Secret<String>> {
        drawer::peek(drawer, key)
    }

    fn put(&self, drawer: Drawer, key: &str, text: &str) -> bool {
        drawer::put(drawer, key, text)
    }

    fn discard(&self, drawer: Drawer, key: &str) {
        drawer::discard(drawer, key);
    }

    fn keys(&self, drawer: Drawer, start: &str) -> Vec<String> {
        drawer::keys(drawer, start)
    }

    async fn verify(&self, key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
        signature::verify(key, token).await
    }

    async fn lock(&self, name: &str, wait_ms: u32) -> Result<Option<WebGuard>, Error> {
        locks::lock(name, wait_ms).await
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }

    fn storage_lag_ms(&self) -> u32 {
        match self.storage() {
            Storage::Local | Storage::Custom => STORAGE_LAG_MS,
            // Other tabs have their own.
            Storage::Session | Storage::Memory => 0,
        }
    }

    fn notify(&self, message: &str) {
        (self.shared.listener)(message, false);
    }

    fn broadcast(&self, message: &str) {
        if let Some(channel) = &self.shared.channel {
            channel.post(message);
        }
    }

    fn aborted(&self) -> bool {
        self.signal.as_ref().is_some_and(AbortSignal::aborted)
    }

    fn detached(&self) -> Self {
        self.with_signal(None)
    }
}
