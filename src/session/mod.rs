//! A session over time: its stored record, its refresh, its events.

mod events;
mod record;
mod refresh;
mod single_flight;
mod store;

use std::rc::Rc;

use crate::config::Config;
use crate::error::{Error, ErrorKind};
use crate::platform::Platform;

use events::{Event, emit};
#[cfg(target_arch = "wasm32")]
pub(crate) use events::{write_error, write_error_member};
pub use record::{Record, SignInDetails};
pub(crate) use refresh::over;
use single_flight::SingleFlight;
use store::Store;

/// What all operations of one client share.
pub(crate) struct Session {
    pub(crate) config: Config,
    store: Store,
    refresh: SingleFlight<Result<Rc<Record>, Error>>,
}

impl Session {
    pub(crate) fn new(config: Config) -> Self {
        let client_id = config.user_pool.as_ref().map_or("", |pool| &pool.client_id);
        let store = Store::new(client_id);
        Self { store, refresh: SingleFlight::new(), config }
    }

    /// The record as it is stored, fresh or not.
    pub(crate) async fn record<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Record>>, Error> {
        self.store.load(platform).await
    }

    /// The record as it is stored, if there is one.
    pub(crate) async fn stored<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.store.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Begins a session, in place of any other.
    pub(crate) async fn begin<P: Platform>(&self, platform: &P, record: Record) {
        let record = Rc::new(record);
        self.store.save(platform, &record).await;
        emit(platform, Event::SignedIn, &|data| record.write_user(data));
    }

    /// Ends the session here and tells everybody.
    pub(crate) async fn end<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        self.store.clear(platform).await?;
        emit(platform, Event::SignedOut, &|_| {});
        Ok(())
    }
}
