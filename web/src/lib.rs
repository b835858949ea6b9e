//! Poolpass in a browser, for Rust apps: a page, a worker, or Node.
#![cfg(target_arch = "wasm32")]

mod arrival;
mod body;
mod channel;
mod fetch;
mod flow_storage;
mod locks;
pub mod message;
mod reflect;
mod signal;
mod signature;
mod storage;

use std::future::Future;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use poolpass::config::{self, Config};
use poolpass::error::{Error, ErrorKind};
use poolpass::event::Event;
use poolpass::jwt::{Jws, Key};
use poolpass::platform::{
    Clock, Crypto, FlowScope, FlowStorage, Http, Locks, Platform, Request, Response, SendFailure, Storage,
};
use poolpass::secret::Secret;

pub use arrival::take_arrival;
use channel::Channel;
pub use channel::Listener;
pub use locks::{WebGuard, release_locks};
use reflect::{call, call_global, global};
pub use signal::AbortSignal;
use storage::{STORAGE_LAG_MS, WebStorage};

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
    /// Where the browser blocks the storage, sessions are kept in memory: see [`BrowserPlatform::storage_kind`].
    ///
    /// # Errors
    /// `bad_config` if `custom` is not such an object.
    pub fn open(config: &Config, custom: &JsValue, listener: Rc<Listener>) -> Result<Self, Error> {
        let storage = WebStorage::open(config.storage(), custom)?;
        let channel = match (config.user_pool(), &storage) {
            (Some(pool), WebStorage::Js(config::Storage::Local, local)) => {
                Channel::through(local.clone(), pool.client_id(), Rc::clone(&listener))
            }
            (Some(pool), WebStorage::Js(config::Storage::Custom, _)) => {
                Channel::broadcast(pool.client_id(), Rc::clone(&listener))
            }
            // What is in one tab is no business of the others.
            _ => None,
        };
        Ok(Self { shared: Rc::new(Shared { storage, listener, channel }), signal: None })
    }

    /// The storage in use, which is [`config::Storage::Memory`] where the browser blocks the one that was wanted.
    pub fn storage_kind(&self) -> config::Storage {
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

impl Clock for BrowserPlatform {
    fn now_ms(&self) -> i64 {
        let now = call(&global("Date"), "now", &[]).ok().and_then(|now| now.as_f64());
        // Without a clock nothing counts as current, and 0 is as wrong as any other clock may be.
        now.unwrap_or_default() as i64
    }

    async fn sleep(&self, ms: u32) {
        let promise = Promise::new(&mut |resolve, _| {
            if call_global("setTimeout", &[&resolve, &ms.into()]).is_err() {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
        });
        let _ = JsFuture::from(promise).await;
    }
}

impl Crypto for BrowserPlatform {
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|_| ErrorKind::Random.into())
    }

    async fn verify(&self, key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
        signature::verify(key, token).await
    }
}

impl Http for BrowserPlatform {
    async fn send(&self, request: &Request) -> Result<Response, SendFailure> {
        fetch::send(request, self.signal.as_ref()).await
    }
}

impl Locks for BrowserPlatform {
    type Guard = WebGuard;

    async fn lock(&self, name: &str, wait_ms: u32) -> Result<Option<WebGuard>, Error> {
        locks::lock(name, wait_ms).await
    }
}

impl poolpass::platform::Channel for BrowserPlatform {
    fn notify(&self, event: &Event) {
        (self.shared.listener)(&message::encode(event), false);
    }

    fn broadcast(&self, event: &Event) {
        if let Some(channel) = &self.shared.channel {
            channel.post(&message::encode(event));
        }
    }
}

impl Platform for BrowserPlatform {
    fn storage(&self) -> impl Storage {
        SharedStorage(Rc::clone(&self.shared))
    }

    fn flow_storage(&self, scope: FlowScope) -> impl FlowStorage {
        flow_storage::open(scope)
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }

    fn aborted(&self) -> bool {
        self.signal.as_ref().is_some_and(AbortSignal::aborted)
    }

    fn detached(&self) -> Self {
        self.with_signal(None)
    }
}

/// The storage that the configuration names.
struct SharedStorage(Rc<Shared>);

impl Storage for SharedStorage {
    async fn get(&self, key: &str) -> Result<Option<Secret<String>>, Error> {
        self.0.storage.load(key).await
    }

    async fn set(&self, key: &str, text: &str) -> Result<(), Error> {
        self.0.storage.store(key, text).await
    }

    async fn remove(&self, key: &str) -> Result<(), Error> {
        self.0.storage.remove(key).await
    }

    fn lag_ms(&self) -> u32 {
        match self.0.storage.kind() {
            config::Storage::Local | config::Storage::Custom => STORAGE_LAG_MS,
            // Other tabs have their own.
            config::Storage::Session | config::Storage::Memory => 0,
        }
    }
}
