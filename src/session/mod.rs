//! The lifetime of a session: its stored record, its refresh, its events, and its AWS credentials.

mod credentials;
mod flight;
mod identity;
mod keys;
mod logins;
mod provider_tokens;
mod record;
mod refresh;
mod refusal;
mod store;

use std::ops::Deref;
use std::rc::Rc;

use crate::config::Config;
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;

pub use credentials::AwsSession;
pub(crate) use flight::Flights;
pub use identity::CredentialsOptions;
use identity::Identities;
use keys::Keys;
pub use record::Record;
pub(crate) use refresh::ends_session;
use refusal::Refusals;
pub(crate) use refusal::fingerprint;
use store::Store;

/// The state that all operations of one client share. Clones share it too.
#[derive(Clone)]
pub(crate) struct Session(Rc<Shared>);

pub(crate) struct Shared {
    pub(crate) config: Rc<Config>,
    pub(crate) keys: Keys,
    identities: Identities,
    store: Store,
    refreshes: Flights<refresh::Refreshed>,
    refusals: Refusals,
}

impl Deref for Session {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Session {
    pub(crate) fn new(config: Config) -> Self {
        let config = Rc::new(config);
        Self(Rc::new(Shared {
            store: Store::new(Rc::clone(&config)),
            refreshes: Flights::default(),
            refusals: Refusals::default(),
            keys: Keys::default(),
            identities: Identities::default(),
            config,
        }))
    }

    /// The stored record, fresh or not.
    pub(crate) async fn record<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Record>>, Error> {
        let record = self.store.load(platform).await;
        self.emit_pending(platform);
        record
    }

    /// The stored record, fresh or not, which must exist.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub(crate) async fn stored<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.record(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Loads the record without emitting events.
    async fn required<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.store.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Begins a session, which replaces any other.
    ///
    /// # Errors
    /// `no_random`.
    pub(crate) async fn begin<P: Platform>(&self, platform: &P, record: Record) -> Result<Rc<Record>, Error> {
        let begun = self.store.begin(platform, record).await?;
        let record = Rc::clone(&begun.record);
        self.emit_pending(platform);
        emit(platform, &Event::SignedIn(record.user()));
        let (session, shared) = (self.clone(), platform.detached());
        platform.spawn(async move { session.store.settle_sign_in(&shared, begun).await });
        Ok(record)
    }

    /// Emits the result of a redirect flow in this tab, and the app's `customState`.
    pub(crate) fn tell_redirect<P: Platform>(&self, platform: &P, error: Option<&Error>, custom_state: Option<&Value>) {
        platform.notify(&match error {
            None => Event::SignInWithRedirect,
            Some(error) => Event::SignInWithRedirectFailure(error.clone()),
        });
        if let Some(state) = custom_state {
            platform.notify(&Event::CustomOAuthState(state.clone()));
        }
    }

    /// Ends the session, if there is one, and removes guests and users of other providers. This tab sees the end at
    /// once, the other tabs after [`Session::settle_end`].
    ///
    /// Returns the refresh token of a record that another tab has stored since `record` was loaded.
    pub(crate) async fn end<P: Platform>(&self, platform: &P, record: Option<&Record>) -> Option<Secret<String>> {
        let mut replaced = None;
        if let Some(record) = record {
            replaced = self.end_session(platform, record.id()).await.filter(|found| !found.same_refresh_token(record));
        }
        // `settle_end` tries again and returns the error.
        let _ = self.store.remove_corrupt(platform).await;
        let _ = self.store.end_guest(platform).await;
        let _ = self.remove_provider_tokens(platform).await;
        replaced.and_then(|record| record.refresh_token().cloned())
    }

    /// Ends a session and emits `signedOut`, unless this tab has done so already. Returns the record that was stored.
    async fn end_session<P: Platform>(&self, platform: &P, id: &str) -> Option<Rc<Record>> {
        let is_first = !self.store.has_ended_here(id);
        let found = self.store.end(platform, id).await;
        if is_first {
            emit(platform, &Event::SignedOut(None));
        }
        found
    }

    /// Ends the session that this tab saw last, although the storage can't be read.
    pub(crate) async fn end_unread<P: Platform>(&self, platform: &P) {
        if let Some(id) = self.store.last_seen() {
            self.end_session(platform, &id).await;
        }
        let _ = self.store.end_guest(platform).await;
        let _ = self.remove_provider_tokens(platform).await;
    }

    /// Waits until every tab sees the end, and removes once more what was stored meanwhile. Returns the refresh token
    /// that a late refresh in another tab had stored.
    ///
    /// # Errors
    /// `storage_write` if something is still stored.
    pub(crate) async fn settle_end<P: Platform>(
        &self,
        platform: &P,
        record: Option<&Record>,
    ) -> Result<Option<Secret<String>>, Error> {
        let late = match record {
            Some(record) => self.store.settle_end(platform, record.id()).await?,
            None => None,
        };
        self.store.remove_guest(platform).await?;
        self.remove_provider_tokens(platform).await?;
        self.store.remove_corrupt(platform).await?;
        Ok(late)
    }

    /// The refresh token of a record that was moved aside, if it can be read.
    pub(crate) async fn corrupt_refresh_token<P: Platform>(
        &self,
        platform: &P,
    ) -> Result<Option<Secret<String>>, Error> {
        self.store.corrupt_refresh_token(platform).await
    }

    /// The server's time, if there is a session to derive it from.
    pub(crate) async fn server_now_ms<P: Platform>(&self, platform: &P) -> Option<i64> {
        let now_ms = platform.now_ms();
        // If the clock was set after the tokens arrived, it is useless.
        let record = self.store.load(platform).await.ok().flatten().filter(|record| record.is_valid(now_ms));
        record.map(|record| record.server_now_ms(now_ms))
    }

    /// Checks that a session is still the current one.
    ///
    /// # Errors
    /// `signed_out` if not; `storage_read`.
    pub(crate) async fn still<P: Platform>(&self, platform: &P, record: &Record) -> Result<(), Error> {
        if self.stored(platform).await?.id() == record.id() { Ok(()) } else { Err(ErrorKind::SignedOut.into()) }
    }

    /// Emits in this tab the events that the store has found.
    fn emit_pending<P: Platform>(&self, platform: &P) {
        for event in self.store.take_pending() {
            platform.notify(&event);
        }
    }
}

/// Emits an event in this tab and the others.
fn emit<P: Platform>(platform: &P, event: &Event) {
    platform.notify(event);
    platform.broadcast(event);
}
