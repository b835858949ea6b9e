//! The owner of the stored session: nothing else in the kit writes it. Flows ask it for a change and are told how it went.
//!
//! # What is stored
//!
//! | key, after `poolpass.v1.<clientId>.` | what it is | written by |
//! |---|---|---|
//! | `current` | which session is the current one: `{"v": 1, "session": "<id>", "since"}` | sign-in |
//! | `session.<id>` | that session's record, whole | its sign-in and its refreshes |
//! | `session.<id>.ended` | a tombstone: the session has ended, whatever else is stored | its end |
//! | `session.corrupt` | a record that could not be read, put aside | whoever found it |
//! | `<identityPoolId>.credentials.<id>`, `….guest` | the session's AWS credentials, a guest's | who asked for them |
//!
//! Without a `current` the session's id is empty and its record is under `session`, as former versions stored it.
//!
//! # Invariants
//!
//! They hold for a storage that lags between tabs by up to [`Platform::storage_lag_ms`], that is asynchronous, that fails
//! to read or to write, and without Web Locks. `tests/model` checks them after every step of its schedules.
//!
//! - **I1** Once a sign-out has resolved, no call in any tab gives that session's tokens or user, and nothing of it stays
//!   stored. The tombstone outlives a record that a refresh stores too late; the sign-out resolves after the lag, and
//!   removes the record a second time.
//! - **I2** A session that Cognito would still refresh is removed by the user's word only. A refusal is believed after
//!   another look past the lag that still finds the refused token. What can't be read ends nothing.
//! - **I3** A later sign-in is never overwritten by an earlier session: each session has a record of its own, and only a
//!   sign-in changes `current`. A record that could not be stored counts until a later sign-in is stored.
//! - **I4** A refresh token is sent again only if the tab that sent it died before it stored the answer. Refreshes of one
//!   session take turns, and each turn outlasts the lag after its write, so that the next one sees it.
//! - **I5** Every call settles. A turn is bounded, and ends with its task.
//! - **I6** A sign-out waits for no other tab: it takes no turn.

mod change;
mod credentials;
mod look;
mod turn;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::credentials::AwsSession;
use super::record::Record;
use crate::config::Config;
use crate::error::Error;
use crate::platform::Platform;

pub(super) use change::{Committed, Refused};
pub(super) use credentials::Slot;
pub(super) use turn::{TURN_WAIT_MS, Turn};

/// The stored session of one app client, as one tab sees it.
pub(super) struct Store {
    config: Rc<Config>,
    prefix: String,
    /// The sessions that this tab knows to have ended.
    ended: RefCell<Vec<String>>,
    unsaved: RefCell<Option<Unsaved>>,
    unsaved_credentials: RefCell<Option<(Slot, Rc<AwsSession>)>>,
    /// The session that the last look found.
    seen: RefCell<Option<String>>,
    /// How often this tab has signed out, for credentials that were under way.
    sign_outs: Cell<u32>,
    news: RefCell<Vec<News>>,
}

/// A record that could not be stored and lives in this tab alone.
struct Unsaved {
    record: Rc<Record>,
    /// The current session then, if that could be read.
    beside: Option<String>,
    /// When its user signed in, by the local clock.
    since_ms: i64,
    /// Whether the stored record was removed because it could not be replaced.
    is_missed: bool,
}

/// The current session.
#[derive(Clone, Default)]
struct Current {
    id: String,
    /// When its user signed in, by the local clock.
    since_ms: i64,
}

/// What listeners have to hear of.
pub(super) enum News {
    /// A record could not be read and was put aside.
    SetAside,
    /// The record could not be written.
    NotStored(Error),
    /// The stored session is gone though nobody ended it, as when somebody clears the storage.
    Cleared,
}

impl Store {
    pub(super) fn new(config: Rc<Config>) -> Self {
        let prefix = ["poolpass.v1.", config.namespace(), "."].concat();
        Self {
            config,
            prefix,
            ended: RefCell::default(),
            unsaved: RefCell::default(),
            unsaved_credentials: RefCell::default(),
            seen: RefCell::default(),
            sign_outs: Cell::new(0),
            news: RefCell::default(),
        }
    }

    /// What has happened since the last time.
    pub(super) fn take_news(&self) -> Vec<News> {
        self.news.take()
    }

    /// The session that the last look found.
    pub(super) fn last_seen(&self) -> Option<String> {
        self.seen.borrow().clone()
    }

    fn report(&self, news: News) {
        self.news.borrow_mut().push(news);
    }

    fn key(&self, name: &str) -> String {
        [&self.prefix, name].concat()
    }

    /// The key of a session's record.
    fn record_key(&self, id: &str) -> String {
        let separator = if id.is_empty() { "" } else { "." };
        [&self.prefix, "session", separator, id].concat()
    }

    fn tombstone_key(&self, id: &str) -> String {
        [&self.record_key(id), ".ended"].concat()
    }

    fn has_ended_here(&self, id: &str) -> bool {
        self.ended.borrow().iter().any(|ended| ended == id)
    }

    /// Waits until the other tabs see what this one has written, and this one what they have.
    async fn wait_out_the_lag<P: Platform>(&self, platform: &P) {
        match platform.storage_lag_ms() {
            0 => {}
            ms => platform.sleep(ms).await,
        }
    }
}
