//! A session over time: its stored record, its refresh, its events, and the AWS credentials that come with it.

mod credentials;
mod events;
mod flight;
mod foreign;
mod identity;
mod keys;
mod logins;
mod record;
mod refresh;
mod refusal;
mod single_flight;
mod store;

use std::ops::Deref;
use std::rc::Rc;

use crate::config::Config;
use crate::error::{Error, ErrorKind};
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;

pub use credentials::AwsSession;
use events::{Event, emit, emit_here, write_error_member};
#[cfg(all(target_arch = "wasm32", feature = "npm"))]
pub(crate) use events::{write_error, write_error_member as write_error_as_member};
use flight::Flights;
pub use identity::CredentialsWish;
use identity::Identities;
use keys::Keys;
pub use record::{Record, SignInDetails};
pub(crate) use refresh::over;
use refusal::Refusals;
pub(crate) use refusal::fingerprint;
pub(crate) use single_flight::SingleFlight;
use store::{News, Store};

/// What all operations of one client share. Clones are the same.
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

    /// The record as it is stored, fresh or not.
    pub(crate) async fn record<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Record>>, Error> {
        let record = self.store.load(platform).await;
        self.emit_news(platform);
        record
    }

    /// The record as it is stored, if there is one.
    pub(crate) async fn stored<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.record(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Loads the record without emitting events.
    async fn required<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.store.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Begins a session, in place of any other.
    ///
    /// # Errors
    /// `no_random`.
    pub(crate) async fn begin<P: Platform>(&self, platform: &P, record: Record) -> Result<Rc<Record>, Error> {
        let begun = self.store.begin(platform, record).await?;
        let record = Rc::clone(&begun.record);
        self.emit_news(platform);
        emit(platform, Event::SignedIn, &|data| record.write_user(data));
        let (session, shared) = (self.clone(), platform.detached());
        platform.spawn(async move { session.store.settle_sign_in(&shared, begun).await });
        Ok(record)
    }

    /// Emits to this tab how a flow by way of a sign-in page has ended, and what the app had kept for that.
    pub(crate) fn tell_redirect<P: Platform>(&self, platform: &P, error: Option<&Error>, custom_state: Option<&Value>) {
        match error {
            None => emit_here(platform, Event::SignInWithRedirect, &|_| {}),
            Some(error) => {
                emit_here(platform, Event::SignInWithRedirectFailure, &|data| write_error_member(data, error));
            }
        }
        if let Some(state) = custom_state {
            emit_here(platform, Event::CustomOAuthState, &|data| data.value("customState", state));
        }
    }

    /// Ends the session, if there is one, and forgets everybody who is not signed in at the user pool. This tab sees it at
    /// once, the others once [`Session::settle_end`] is done.
    pub(crate) async fn end<P: Platform>(&self, platform: &P, record: Option<&Record>) {
        if let Some(record) = record {
            self.store.end(platform, record.id()).await;
            emit(platform, Event::SignedOut, &|_| {});
        }
        // Tried once more by `settle_end`, which says so if it fails.
        let _ = self.store.remove_corrupt(platform).await;
        let _ = self.store.end_guest(platform).await;
        let _ = self.forget_foreign(platform).await;
    }

    /// Ends the session that this tab knows of, although the storage can't be read.
    pub(crate) async fn end_unread<P: Platform>(&self, platform: &P) {
        if let Some(id) = self.store.last_seen() {
            self.store.end(platform, &id).await;
            emit(platform, Event::SignedOut, &|_| {});
        }
    }

    /// Waits until every tab sees the end, and removes once more what was stored meanwhile. Gives a refresh token that a
    /// refresh in another tab had brought.
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
        self.forget_foreign(platform).await?;
        self.store.remove_corrupt(platform).await?;
        Ok(late)
    }

    /// The refresh token of a record that was put aside, as far as it can be read.
    pub(crate) async fn corrupt_refresh_token<P: Platform>(
        &self,
        platform: &P,
    ) -> Result<Option<Secret<String>>, Error> {
        self.store.corrupt_refresh_token(platform).await
    }

    /// The server's clock, if a session tells it.
    pub(crate) async fn server_now_ms<P: Platform>(&self, platform: &P) -> Option<i64> {
        let now_ms = platform.now_ms();
        // A clock that was set since the tokens came says nothing.
        let record = self.store.load(platform).await.ok().flatten().filter(|record| record.is_valid(now_ms));
        record.map(|record| record.server_now_ms(now_ms))
    }

    /// Whether a session is still the one that is signed in.
    ///
    /// # Errors
    /// `signed_out` if not; `storage_read`.
    pub(crate) async fn still<P: Platform>(&self, platform: &P, record: &Record) -> Result<(), Error> {
        if self.stored(platform).await?.id() == record.id() { Ok(()) } else { Err(ErrorKind::SignedOut.into()) }
    }

    /// Emits to this tab what happened to the stored record.
    fn emit_news<P: Platform>(&self, platform: &P) {
        for news in self.store.take_news() {
            match news {
                News::SetAside => emit_here(platform, Event::SessionSetAside, &|_| {}),
                News::NotStored(error) => {
                    emit_here(platform, Event::SessionNotStored, &|data| write_error_member(data, &error));
                }
                News::Cleared => {
                    let error = ErrorKind::StorageCleared.into();
                    emit_here(platform, Event::SignedOut, &|data| write_error_member(data, &error));
                }
            }
        }
    }
}
