//! The lifetime of a session: its stored record, its refresh, its events, and its AWS credentials.

mod app_call;
mod credentials;
mod devices;
mod flight;
mod grant;
mod identity;
mod keys;
mod lifetime;
mod logins;
mod provider_tokens;
mod record;
mod refresh;
mod refusal;
mod renew;
mod storage;
mod store;

use std::ops::Deref;
use std::rc::Rc;

use crate::config::Config;
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::sigv4::{Credentials, Scope, SigningKey};

pub use credentials::AwsSession;
pub(crate) use devices::Device;
pub(crate) use flight::Flights;
pub use identity::CredentialsOptions;
use identity::Identities;
use keys::Keys;
pub use record::Session;
pub(crate) use refresh::ends_session;
use refusal::Refusals;
pub(crate) use refusal::fingerprint;
use store::Store;

/// The state that all operations of one client share. Clones share it too.
#[derive(Clone)]
pub(crate) struct Core(Rc<Shared>);

pub(crate) struct Shared {
    pub(crate) config: Rc<Config>,
    pub(crate) keys: Keys,
    identities: Identities,
    store: Store,
    refreshes: Flights<Result<Rc<Session>, Error>>,
    refusals: Refusals,
}

impl Deref for Core {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Core {
    /// Takes a session for seen: if it is gone at the next look, `signedOut` is emitted.
    pub(crate) fn expect_session(&self, session_id: String) {
        self.store.expect(session_id);
    }

    /// The prefix of the keys in the storage.
    pub(crate) fn storage_prefix(&self) -> &str {
        self.store.prefix()
    }

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

    /// Loads the session, fresh or not, and emits what the store has found.
    ///
    /// # Errors
    /// `storage_read`.
    pub(crate) async fn load<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Session>>, Error> {
        let session = self.store.load(platform).await;
        self.emit_pending(platform);
        session
    }

    /// As [`Core::load`], for operations that need a session.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub(crate) async fn require<P: Platform>(&self, platform: &P) -> Result<Rc<Session>, Error> {
        self.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// Begins a session, which replaces any other.
    ///
    /// # Errors
    /// `no_random`.
    pub(crate) async fn begin<P: Platform>(&self, platform: &P, session: Session) -> Result<Rc<Session>, Error> {
        let begun = self.store.begin(platform, session).await?;
        let session = Rc::clone(&begun.session);
        self.emit_pending(platform);
        emit(platform, &Event::SignedIn(session.user()));
        let (core, shared) = (self.clone(), platform.detached());
        platform.spawn(async move { core.store.settle_sign_in(&shared, begun).await });
        Ok(session)
    }

    /// Emits the result of a redirect flow in this tab, and the app's `customState`.
    pub(crate) fn emit_redirect_result<P: Platform>(
        &self,
        platform: &P,
        error: Option<&Error>,
        custom_state: Option<&Value>,
    ) {
        platform.notify(&match error {
            None => Event::SignInWithRedirect,
            Some(error) => Event::SignInWithRedirectFailure(error.clone()),
        });
        if let Some(state) = custom_state {
            platform.notify(&Event::CustomOAuthState(state.clone()));
        }
    }

    /// Ends the session, if there is one, and removes guests and users of other providers. This tab sees the end at
    /// once, the other tabs after [`Core::settle_end`].
    ///
    /// Returns the refresh token of a record that another tab has stored since `session` was loaded.
    pub(crate) async fn end<P: Platform>(&self, platform: &P, session: Option<&Session>) -> Option<Secret<String>> {
        let mut replaced = None;
        if let Some(session) = session {
            replaced =
                self.end_session(platform, session.id()).await.filter(|found| !found.same_refresh_token(session));
        }
        let _ = self.store.end_guest(platform).await;
        // `settle_end` tries again and returns the error.
        let _ = self.remove_others(platform).await;
        replaced.and_then(|session| session.refresh_token().cloned())
    }

    /// Ends a session and emits `signedOut`, unless this tab has done so already. Returns the record that was stored.
    async fn end_session<P: Platform>(&self, platform: &P, id: &str) -> Option<Rc<Session>> {
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
        let _ = self.store.remove_guest(platform).await;
        let _ = self.remove_provider_tokens(platform).await;
    }

    /// Removes what is stored beside the session: a guest, other providers' users, a corrupt record.
    async fn remove_others<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        let guest = self.store.remove_guest(platform).await;
        let others = self.remove_provider_tokens(platform).await;
        let corrupt = self.store.remove_corrupt(platform).await;
        guest.and(others).and(corrupt)
    }

    /// Waits until every tab sees the end, and removes once more what was stored meanwhile. Returns the refresh token
    /// that a late refresh in another tab had stored.
    ///
    /// # Errors
    /// `storage_write` if something is still stored.
    pub(crate) async fn settle_end<P: Platform>(
        &self,
        platform: &P,
        session: Option<&Session>,
    ) -> Result<Option<Secret<String>>, Error> {
        let late = match session {
            Some(session) => self.store.settle_end(platform, session.id()).await?,
            None => None,
        };
        self.remove_others(platform).await?;
        Ok(late)
    }

    /// The refresh token of a record that was moved aside, if it can be read.
    pub(crate) async fn corrupt_refresh_token<P: Platform>(
        &self,
        platform: &P,
    ) -> Result<Option<Secret<String>>, Error> {
        self.store.corrupt_refresh_token(platform).await
    }

    /// The signing key of credentials that have just been loaded.
    pub(crate) fn signing_key(&self, credentials: &Credentials, scope: &Scope<'_>) -> Rc<SigningKey> {
        self.store.signing_key(credentials, scope)
    }

    /// The server's time, if there is a session to derive it from.
    pub(crate) async fn server_now_ms<P: Platform>(&self, platform: &P) -> Option<i64> {
        let now_ms = platform.now_ms();
        // If the clock was set after the tokens arrived, it is useless.
        let session = self.store.load(platform).await.ok().flatten().filter(|session| session.is_valid(now_ms));
        session.map(|session| session.server_now_ms(now_ms))
    }

    /// Checks that a session is still the current one.
    ///
    /// # Errors
    /// `signed_out` if not; `storage_read`.
    pub(crate) async fn ensure_current<P: Platform>(&self, platform: &P, session: &Session) -> Result<(), Error> {
        if self.require(platform).await?.id() == session.id() { Ok(()) } else { Err(ErrorKind::SignedOut.into()) }
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
