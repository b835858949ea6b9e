//! The owner of the stored session: no other code writes it. Flows ask it for a change and get the result.
//!
//! # What is stored
//!
//! | key, after `poolpass.v1.<clientId>.` | content | written by |
//! |---|---|---|
//! | `current` | the current session: `{"v": 1, "id", "since"}` | its sign-in |
//! | `session.<id>` | a session's record, as one text | its sign-in and its refreshes |
//! | `ended.<id>` | a tombstone: the session has ended, whatever else is stored | its end |
//! | `ended.guest` | a random word: credentials that a guest requested before it are not stored | a sign-out |
//! | `session.corrupt` | an unreadable record, moved aside | the tab that found it |
//! | `<identityPoolId>.credentials.<id>`, `….guest` | AWS credentials of a session, of a guest | the tab that asked |
//!
//! Without `current` the session's ID is empty and its record is under `session`, as former versions stored it.
//!
//! # Invariants
//!
//! They hold for a storage that lags between tabs by up to [`Storage::lag_ms`], is asynchronous, or fails to
//! read or write, and without Web Locks. `tests/model` checks them after every call of its schedules.
//!
//! - **I1** After a sign-out has resolved, no call in any tab returns that session's tokens or user, and nothing of it
//!   stays stored. The tombstone outlives a record that a refresh stores too late. The sign-out resolves after the lag,
//!   and removes the record a second time.
//! - **I2** Only the user ends a session that Cognito would still refresh. A rejection counts if another look after the
//!   lag still finds the rejected token. A storage that can't be read ends nothing.
//! - **I3** A later sign-in is never overwritten by an earlier session: each session has a record of its own, and only
//!   a sign-in changes `current`. A record that could not be stored is valid until a later sign-in is stored.
//! - **I4** A refresh token is sent again only if the tab that sent it died before it stored the response. Refreshes of
//!   one session take turns, and each turn outlasts the lag after its write, so that the next one sees the write.
//! - **I5** Every call settles. A turn has a time limit, and ends with its task.
//! - **I6** A sign-out waits for no other tab: it takes no turn.
//!
//! Two limits remain, which the model leaves out. If the storage fails, only one tab's memory may have the newest refresh
//! token, so another tab may send a used one. Without Web Locks, a tab may freeze for longer than its lease, or its
//! storage may fail, or its clock may be wrong.

mod change;
mod credentials;
mod end;
mod last_read;
mod look;
mod turn;

use std::cell::RefCell;
use std::rc::Rc;

use self::last_read::LastRead;
use super::credentials::AwsSession;
use super::record::Session;
use crate::config::Config;
use crate::event::Event;
use crate::platform::{Platform, Storage};
use crate::sigv4::SigningKey;

pub(super) use change::Committed;
pub(super) use credentials::Slot;
pub(super) use end::Refused;
pub(super) use turn::{TURN_WAIT_MS, Turn};

/// The stored session of one app client, as one tab sees it.
pub(super) struct Store {
    config: Rc<Config>,
    prefix: String,
    /// The sessions that have ended, as far as this tab knows.
    ended: RefCell<Vec<String>>,
    unsaved: RefCell<Option<Unsaved>>,
    unsaved_credentials: RefCell<Option<(Slot, Rc<AwsSession>)>>,
    /// The last signing key of the stored credentials. It is wiped with them.
    signing_key: RefCell<Option<Rc<SigningKey>>>,
    /// The session that the last look found.
    seen: RefCell<Option<String>>,
    /// The last texts that were read, with what they say: reading them anew is most of what a signature costs.
    read_session: LastRead<Session>,
    read_credentials: LastRead<AwsSession>,
    /// Events that listeners must be notified of.
    pending: RefCell<Vec<Event>>,
}

/// A record that could not be stored and exists only in this tab.
struct Unsaved {
    session: Rc<Session>,
    /// The current session at that time, if it could be read.
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

impl Store {
    pub(super) fn new(config: Rc<Config>) -> Self {
        let prefix = ["poolpass.v1.", config.namespace(), "."].concat();
        Self {
            config,
            prefix,
            ended: RefCell::default(),
            unsaved: RefCell::default(),
            unsaved_credentials: RefCell::default(),
            signing_key: RefCell::default(),
            seen: RefCell::default(),
            read_session: LastRead::default(),
            read_credentials: LastRead::default(),
            pending: RefCell::default(),
        }
    }

    /// The events that the store has found since the last call.
    pub(super) fn take_pending(&self) -> Vec<Event> {
        self.pending.take()
    }

    /// The session that the last look found.
    pub(super) fn last_seen(&self) -> Option<String> {
        self.seen.borrow().clone()
    }

    /// Takes a session for seen, which the app has been shown by other means.
    pub(super) fn expect(&self, session_id: String) {
        self.seen.replace(Some(session_id));
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    fn report(&self, event: Event) {
        self.pending.borrow_mut().push(event);
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
        let separator = if id.is_empty() { "" } else { "." };
        [&self.prefix, "ended", separator, id].concat()
    }

    pub(super) fn has_ended_here(&self, id: &str) -> bool {
        self.ended.borrow().iter().any(|ended| ended == id)
    }

    /// Waits until the other tabs see this tab's writes, and this tab sees theirs.
    pub(super) async fn wait_out_the_lag<P: Platform>(&self, platform: &P) {
        match platform.storage().lag_ms() {
            0 => {}
            ms => platform.sleep(ms).await,
        }
    }
}
