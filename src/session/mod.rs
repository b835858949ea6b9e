//! A session over time: its stored record, its refresh, its events.

mod credentials;
mod events;
mod foreign;
mod identity;
mod keys;
mod logins;
mod record;
mod refresh;
mod refusal;
mod single_flight;
mod store;

use std::rc::Rc;

use crate::config::Config;
use crate::error::{Error, ErrorKind};
use crate::json::Value;
use crate::platform::Platform;

pub use credentials::AwsSession;
use events::{Event, emit, emit_here, write_error_member};
#[cfg(all(target_arch = "wasm32", feature = "npm"))]
pub(crate) use events::{write_error, write_error_member as write_error_as_member};
pub use identity::CredentialsWish;
use identity::Identities;
use keys::Keys;
pub use record::{Record, SignInDetails};
pub(crate) use refresh::over;
use refusal::Refusals;
pub(crate) use refusal::fingerprint;
pub(crate) use single_flight::SingleFlight;
use store::{News, Store};

/// What all operations of one client share.
pub(crate) struct Session {
    pub(crate) config: Config,
    pub(crate) keys: Keys,
    identities: Identities,
    store: Store,
    refresh: SingleFlight<Result<Rc<Record>, Error>>,
    refusals: Refusals,
}

impl Session {
    pub(crate) fn new(config: Config) -> Self {
        let store = Store::new(config.user_pool.clone().unwrap_or_default());
        Self {
            store,
            refresh: SingleFlight::default(),
            refusals: Refusals::default(),
            keys: Keys::default(),
            identities: Identities::default(),
            config,
        }
    }

    /// The record as it is stored, fresh or not.
    pub(crate) async fn record<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Record>>, Error> {
        let record = self.store.load(platform).await;
        self.tell_news(platform);
        record
    }

    /// The record as it is stored, if there is one.
    pub(crate) async fn stored<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.record(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Begins a session, in place of any other.
    pub(crate) async fn begin<P: Platform>(&self, platform: &P, record: Record) -> Rc<Record> {
        let record = Rc::new(record);
        self.store.save(platform, &record).await;
        self.tell_news(platform);
        emit(platform, Event::SignedIn, &|data| record.write_user(data));
        record
    }

    /// Tells this tab how a flow by way of a sign-in page has ended, and what the app had kept for that.
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

    /// Ends the session here and tells everybody.
    pub(crate) async fn end<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        self.store.clear(platform).await?;
        emit(platform, Event::SignedOut, &|_| {});
        Ok(())
    }

    /// Tells this tab what happened to the stored record. Not to be called while a lock is held.
    fn tell_news<P: Platform>(&self, platform: &P) {
        for news in self.store.take_news() {
            match news {
                News::SetAside => emit_here(platform, Event::SessionSetAside, &|_| {}),
                News::NotStored(error) => {
                    emit_here(platform, Event::SessionNotStored, &|data| write_error_member(data, &error));
                }
            }
        }
    }
}
