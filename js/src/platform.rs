//! The platform of the npm package: every effect goes through the door.

use std::future::Future;

use poolpass::config::{self, Config};
use poolpass::encode::base64;
use poolpass::error::{BadSetting, Error, ErrorKind, NetworkFailure, SettingProblem, StorageFailure};
use poolpass::event::Event;
use poolpass::json::{Value, Writer};
use poolpass::jwt::{Jws, Key};
use poolpass::platform::{
    Channel, Clock, Crypto, FlowScope, FlowStorage, Guard, Http, Loaded, Locks, Platform, Request, Response,
    SendFailure, Storage,
};

use crate::door::{self, Asker, Effect, Outcome, Reply};
use crate::texts::{self, Stored};
use crate::{event, executor, output};

/// Other processes see a tab's write to `localStorage` some milliseconds later; under load, some tens.
const STORAGE_LAG_MS: u32 = 125;

/// A page, a worker, or Node.
#[derive(Clone)]
pub(crate) struct NpmPlatform {
    asker: Asker,
    storage: config::Storage,
}

impl NpmPlatform {
    /// Opens the storage that the configuration names and the channel to the other tabs.
    ///
    /// Where the browser blocks the storage, sessions are kept in memory: see [`NpmPlatform::storage_kind`].
    ///
    /// # Errors
    /// `bad_config` if the app's storage lacks a method.
    pub(crate) fn open(kit: u32, config: &Config) -> Result<Self, Error> {
        let asker = Asker { kit, job: 0 };
        let mut words = Writer::object();
        words.str("storage", output::storage_name(config.storage()));
        words.str_if("clientId", config.user_pool().map(|pool| pool.client_id()));
        match asker.act(Effect::Open, words) {
            Ok(opened) => {
                let is_memory = opened.as_bool() == Some(false);
                Ok(Self { asker, storage: if is_memory { config::Storage::Memory } else { config.storage() } })
            }
            Err(_) => {
                let problem = SettingProblem::NotStorageObject;
                Err(ErrorKind::Config(BadSetting { key: "storage".to_owned(), problem }).into())
            }
        }
    }

    /// The storage in use.
    pub(crate) const fn storage_kind(&self) -> config::Storage {
        self.storage
    }

    /// The kit and the job.
    #[cfg(feature = "contract")]
    pub(crate) const fn asker(&self) -> Asker {
        self.asker
    }

    /// The same platform for one job, whose caller may abort it.
    #[must_use]
    pub(crate) const fn for_job(&self, job: u32) -> Self {
        Self { asker: Asker { kit: self.asker.kit, job }, storage: self.storage }
    }
}

impl Clock for NpmPlatform {
    fn now_ms(&self) -> i64 {
        // Without a clock nothing counts as current, and 0 is as wrong as any other clock may be.
        door::now().unwrap_or_default() as i64
    }

    fn sleep(&self, ms: u32) -> impl Future<Output = ()> {
        let mut words = Writer::object();
        words.integer("ms", i64::from(ms));
        self.asker.start(Effect::Sleep, words).map(|_| ())
    }
}

impl Crypto for NpmPlatform {
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        if door::random(bytes) { Ok(()) } else { Err(ErrorKind::Random.into()) }
    }

    fn verify(&self, key: &Key, token: &Jws<'_>) -> impl Future<Output = Result<bool, Error>> {
        let mut words = Writer::object();
        words.str("n", &key.modulus);
        words.str("e", &key.exponent);
        words.str("signed", token.signed);
        words.str("signature", &base64::encode_url(&token.signature));
        self.asker.start(Effect::Verify, words).map(|outcome| {
            outcome.map(|is_valid| is_valid.as_bool() == Some(true)).map_err(|_| ErrorKind::NoCrypto.into())
        })
    }
}

impl Http for NpmPlatform {
    fn send(&self, request: &Request) -> impl Future<Output = Result<Response, SendFailure>> {
        let mut words = Writer::object();
        words.str("method", request.method);
        words.str("url", &request.url);
        words.open("headers");
        for (name, value) in &request.headers {
            words.str(name, value);
        }
        words.close();
        if !request.body.expose_secret().is_empty() {
            words.secret("body", &request.body);
        }
        words.str_if("hashOf", request.hash_of.as_deref());
        words.integer("deadlineMs", i64::from(request.deadline_ms));
        words.bool("bypassCache", request.bypass_cache);
        self.asker.start(Effect::Fetch, words).map(response)
    }
}

fn response(outcome: Outcome) -> Result<Response, SendFailure> {
    let json = outcome.map_err(|code| match code.as_str() {
        "aborted" => SendFailure::Aborted,
        "timeout" => SendFailure::Network(NetworkFailure::TimedOut),
        "too_large" => SendFailure::Network(NetworkFailure::TooLarge),
        "no_fetch" => SendFailure::Network(NetworkFailure::NoFetch),
        code => match code.strip_prefix("callback ") {
            Some(said) => SendFailure::Callback(said.to_owned()),
            None => SendFailure::Network(NetworkFailure::Unreachable),
        },
    })?;
    Ok(Response {
        status: json.integer("status").and_then(|status| u16::try_from(status).ok()).unwrap_or_default(),
        headers: Response::HEADERS.iter().filter_map(|&name| Some((name, json.string(name)?))).collect(),
        body: json.secret("body").unwrap_or_default(),
    })
}

impl Locks for NpmPlatform {
    type Guard = NpmGuard;

    fn lock(&self, name: &str, wait_ms: u32) -> impl Future<Output = Result<Option<NpmGuard>, Error>> {
        let mut words = Writer::object();
        words.str("name", name);
        words.integer("waitMs", i64::from(wait_ms));
        self.asker.start(Effect::Lock, words).map(guard)
    }
}

/// `null` where the page has no Web Locks.
fn guard(outcome: Outcome) -> Result<Option<NpmGuard>, Error> {
    let lock = outcome.map_err(|_| ErrorKind::LockTimeout)?;
    let contended = lock.get("contended").and_then(Value::as_bool) == Some(true);
    Ok(lock.integer("number").map(|number| NpmGuard { number, contended }))
}

/// A held Web Lock.
pub(crate) struct NpmGuard {
    number: i64,
    contended: bool,
}

impl Guard for NpmGuard {
    fn contended(&self) -> bool {
        self.contended
    }
}

impl Drop for NpmGuard {
    fn drop(&mut self) {
        door::release(self.number);
    }
}

impl Channel for NpmPlatform {
    fn notify(&self, event: &Event) {
        // Best effort, as for the other tabs.
        let _ = self.asker.act(Effect::Notify, event::json(event));
    }

    fn broadcast(&self, event: &Event) {
        let _ = self.asker.act(Effect::Broadcast, event::json(event));
    }
}

impl Platform for NpmPlatform {
    fn user_context(&self, username: &str, user_pool_id: &str, client_id: &str) -> Option<String> {
        let mut words = Writer::object();
        words.str("username", username);
        words.str("userPoolId", user_pool_id);
        words.str("clientId", client_id);
        let data = self.asker.act(Effect::UserContext, words).ok()?;
        data.as_str().map(str::to_owned)
    }

    fn storage(&self) -> impl Storage {
        let lag_ms = match self.storage {
            config::Storage::Local | config::Storage::Custom => STORAGE_LAG_MS,
            // Other tabs have their own.
            config::Storage::Session | config::Storage::Memory => 0,
        };
        NpmStorage { asker: self.asker, scope: None, lag_ms }
    }

    fn flow_storage(&self, scope: FlowScope) -> impl FlowStorage {
        let (scope, lag_ms) = match scope {
            FlowScope::Tab => ("sessionStorage", 0),
            FlowScope::Origin => ("localStorage", STORAGE_LAG_MS),
        };
        NpmStorage { asker: self.asker, scope: Some(scope), lag_ms }
    }

    fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        executor::spawn(Box::pin(task));
    }

    fn device_name(&self) -> String {
        let name = self.asker.act(Effect::DeviceName, Writer::object());
        name.ok().and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default()
    }

    fn load_deferred(&self) -> impl Future<Output = Result<Loaded, Error>> {
        self.asker.start(Effect::LoadDeferred, Writer::object()).map(loaded)
    }

    fn aborted(&self) -> bool {
        self.asker.job != 0
            && self.asker.act(Effect::Aborted, Writer::object()).is_ok_and(|aborted| aborted.as_bool() == Some(true))
    }

    fn detached(&self) -> Self {
        self.for_job(0)
    }
}

/// JavaScript keeps the error for the call, as it keeps one that a function of the app's has thrown.
fn loaded(outcome: Outcome) -> Result<Loaded, Error> {
    outcome.map(|_| Loaded::new()).map_err(|_| ErrorKind::Callback(String::new()).into())
}

/// The storage of sessions, or one of the browser's for flows.
struct NpmStorage {
    asker: Asker,
    scope: Option<&'static str>,
    lag_ms: u32,
}

impl NpmStorage {
    fn ask<T>(&self, effect: Effect, key: &str, text: Option<&str>, read: fn(Outcome) -> T) -> Reply<T> {
        let mut words = Writer::object();
        words.str_if("scope", self.scope);
        words.str("key", key);
        words.str_if("text", text);
        self.asker.start(effect, words).map(read)
    }
}

impl Storage for NpmStorage {
    fn get(&self, key: &str) -> impl Future<Output = Result<Stored, Error>> + use<> {
        texts::read(self.asker, self.scope, key)
    }

    fn set(&self, key: &str, text: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        self.ask(Effect::Set, key, Some(text), written)
    }

    fn remove(&self, key: &str) -> impl Future<Output = Result<(), Error>> + use<> {
        self.ask(Effect::Remove, key, None, written)
    }

    fn lag_ms(&self) -> u32 {
        self.lag_ms
    }
}

fn written(outcome: Outcome) -> Result<(), Error> {
    outcome.map(drop).map_err(|_| ErrorKind::Storage(StorageFailure::Write).into())
}

impl FlowStorage for NpmStorage {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let mut words = Writer::object();
        words.str_if("scope", self.scope);
        words.str("prefix", prefix);
        let keys = self.asker.act(Effect::Keys, words);
        let keys = keys.map_err(|_| ErrorKind::Storage(StorageFailure::Read))?;
        let text = |key: &Value| key.as_str().map(str::to_owned);
        Ok(keys.elements().unwrap_or_default().iter().filter_map(text).collect())
    }
}
