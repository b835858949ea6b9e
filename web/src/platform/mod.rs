//! The browser as a [`Platform`]: a page or a worker.

mod app_context;
pub(crate) mod body;
pub(crate) mod cancellation;
mod channel;
mod device_name;
mod flow_storage;
mod http;
mod locks;
mod passkey_json;
mod passkeys;
pub(crate) mod scope;
mod session_storage;
mod signature;

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use poolpass::Config;
use poolpass::error::{Error, ErrorKind};
use poolpass::event::Event;
use poolpass::jwt::{Jws, Key};
use poolpass::platform::{
    Clock, Crypto, FlowScope, FlowStorage, Http, Locks, Platform, Request, Response, SendFailure, Storage,
};
use web_sys::AbortSignal;

use crate::listeners::{Listener, Listeners, Origin};
pub(crate) use app_context::SecretHash;
use channel::Channel;
use flow_storage::WebFlowStorage;
pub use locks::{WebGuard, release_locks};
use session_storage::SessionStorage;
pub use session_storage::StorageKind;

/// A tab's writes reach the other processes' view of `localStorage` some milliseconds later; under load, some tens.
pub(crate) const STORAGE_LAG_MS: u32 = 125;

/// The kit in a browser.
pub type Client = poolpass::Client<BrowserPlatform>;

/// The browser. Clones share one storage and one channel to the other tabs, which closes with the last of them.
///
/// [`Auth`](crate::Auth) opens one by itself. Use this one with [`poolpass::Client`] for what `Auth` has no method for.
#[derive(Clone)]
pub struct BrowserPlatform {
    shared: Rc<Shared>,
    signal: Option<AbortSignal>,
}

struct Shared {
    storage: SessionStorage,
    listeners: Rc<Listeners>,
    channel: Option<Channel>,
    secret_hash: Option<SecretHash>,
}

impl BrowserPlatform {
    /// Opens the storage and the channel to the other tabs.
    ///
    /// Where the browser blocks the storage, sessions are kept in memory: see [`BrowserPlatform::storage_kind`].
    pub fn open(config: &Config, storage: &crate::Storage) -> Self {
        Self::open_with(config, storage, None)
    }

    /// The same with the app's function for the client secret.
    pub(crate) fn open_with(config: &Config, storage: &crate::Storage, secret_hash: Option<SecretHash>) -> Self {
        let storage = SessionStorage::open(storage);
        let listeners = Rc::new(Listeners::default());
        let namespace = config.namespace();
        let channel = match (config.require_user_pool(), &storage) {
            (Ok(_), SessionStorage::Web(StorageKind::Local, local)) => {
                Channel::through(local, namespace, Rc::clone(&listeners))
            }
            (Ok(_), SessionStorage::App(_)) => Channel::broadcast(namespace, Rc::clone(&listeners)),
            // Other tabs don't share this storage.
            _ => None,
        };
        Self { shared: Rc::new(Shared { storage, listeners, channel, secret_hash }), signal: None }
    }

    /// The storage in use, which is [`StorageKind::Memory`] where the browser blocks the configured one.
    pub fn storage_kind(&self) -> StorageKind {
        self.shared.storage.kind()
    }

    /// The same platform for operations that end when the signal fires.
    #[must_use]
    pub fn with_signal(&self, signal: &AbortSignal) -> Self {
        Self { shared: Rc::clone(&self.shared), signal: Some(signal.clone()) }
    }

    /// Listens for events, and gets the origin of each: this tab or another one. The kit is never inside a call meanwhile.
    pub fn on_event_from(&self, listener: impl Fn(Event, Origin) + 'static) -> Listener {
        self.shared.listeners.add(listener)
    }

    /// The caller's signal.
    pub(crate) const fn signal(&self) -> Option<&AbortSignal> {
        self.signal.as_ref()
    }
}

impl Clock for BrowserPlatform {
    fn now_ms(&self) -> i64 {
        js_sys::Date::now() as i64
    }

    async fn sleep(&self, ms: u32) {
        match cancellation::Cancellation::new(self.signal(), ms) {
            Ok(cancellation) => {
                let _ = cancellation.guard(std::future::pending::<()>()).await;
            }
            Err(_) => TimeoutFuture::new(ms).await,
        }
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
        let Some(username) = &request.hash_of else { return http::send(request, self.signal()).await };
        let Some(function) = &self.shared.secret_hash else {
            return Err(SendFailure::Callback("the setting clientSecret is no function here".to_owned()));
        };
        let hash = function.ask(username, self.signal()).await?;
        http::send(&request.with_hash(&hash), self.signal()).await
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
        self.shared.listeners.emit(event, Origin::ThisTab);
    }

    fn broadcast(&self, event: &Event) {
        if let Some(channel) = &self.shared.channel {
            channel.post(event);
        }
    }
}

impl Platform for BrowserPlatform {
    fn user_context(&self, username: &str, user_pool_id: &str, client_id: &str) -> Option<String> {
        app_context::user_context(username, user_pool_id, client_id)
    }

    fn storage(&self) -> impl Storage {
        self.shared.storage.clone()
    }

    fn flow_storage(&self, scope: FlowScope) -> impl FlowStorage {
        WebFlowStorage::open(scope)
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }

    fn device_name(&self) -> String {
        device_name::read().unwrap_or_default()
    }

    fn aborted(&self) -> bool {
        self.signal().is_some_and(AbortSignal::aborted)
    }

    fn detached(&self) -> Self {
        Self { shared: Rc::clone(&self.shared), signal: None }
    }
}
