//! Reading the stored session. Nothing here changes a session.

use std::rc::Rc;

use super::{Current, Store, Unsaved};
use crate::error::{Error, ErrorKind, StorageFailure};
use crate::event::Event;
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::record::{Session, Stored};
use crate::session::storage;

/// How often a look starts again because of another sign-in.
const LOOKS: u32 = 4;

impl Store {
    /// The current session. Emits nothing.
    ///
    /// # Errors
    /// `storage_read`: it is unknown whether there is a session.
    pub(in crate::session) async fn load<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Session>>, Error> {
        let found = self.look(platform).await?;
        let id = found.as_ref().map(|session| session.id().to_owned());
        let before = self.seen.replace(id);
        if let (None, Some(before)) = (&found, before)
            && !self.has_ended(platform, &before).await.unwrap_or(true)
            // Another session that took its place has ended meanwhile.
            && self.current(platform).await.is_ok_and(|current| current.id.is_empty() || current.id == before)
        {
            self.report(Event::SignedOut(Some(ErrorKind::StorageCleared.into())));
        }
        Ok(found)
    }

    /// As [`Store::load`]. The session must exist.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub(in crate::session) async fn require<P: Platform>(&self, platform: &P) -> Result<Rc<Session>, Error> {
        self.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    pub(super) async fn look<P: Platform>(&self, platform: &P) -> Result<Option<Rc<Session>>, Error> {
        for _ in 0..LOOKS {
            let current = match self.current(platform).await {
                Ok(current) => current,
                // Other tabs don't know a session that was never stored, so they cannot have ended it.
                Err(error) => return self.never_stored().map(Some).ok_or(error),
            };
            if let Some(session) = self.unsaved_beside(&current) {
                if session.id() != current.id {
                    return Ok(Some(session));
                }
                if self.is_alive(platform, &current.id).await? {
                    self.save_again(platform, &session).await;
                    return Ok(Some(session));
                }
                self.unsaved.replace(None);
                return Ok(None);
            }
            let found = self.session(platform, &current.id).await?;
            if found.is_some() && !self.has_ended(platform, &current.id).await? {
                return Ok(found);
            }
            if self.current(platform).await?.id == current.id {
                return Ok(None);
            }
        }
        Err(ErrorKind::Storage(StorageFailure::Read).into())
    }

    /// The current session. Without `current`, it is the session that former versions stored, whose ID is empty.
    pub(super) async fn current<P: Platform>(&self, platform: &P) -> Result<Current, Error> {
        let Some(text) = storage::get(platform, self.key("current")).await? else { return Ok(Current::default()) };
        // A later version or another program wrote it. The next sign-in replaces it.
        let json = Value::parse(text.expose_secret()).filter(|json| json.integer("v") == Some(1));
        let read = |json: Value| Some(Current { id: json.string("id")?, since_ms: json.integer("since")? });
        Ok(json.and_then(read).unwrap_or_default())
    }

    /// A session by its ID, whether or not it has ended.
    pub(super) async fn session<P: Platform>(&self, platform: &P, id: &str) -> Result<Option<Rc<Session>>, Error> {
        let text = storage::get(platform, self.record_key(id)).await?;
        let (Some(text), Some(pool)) = (text, self.config.user_pool()) else {
            self.read_session.forget();
            return Ok(None);
        };
        if let Some(session) = self.read_session.of(&text).filter(|session| session.id() == id) {
            return Ok(Some(session));
        }
        match Session::from_stored(text.expose_secret(), id, pool) {
            Stored::Session(session) => {
                self.read_session.keep(text, &session);
                Ok(Some(session))
            }
            Stored::Newer => Ok(None),
            Stored::Corrupt => {
                // It is removed even if it can't be moved aside.
                let _ = storage::set(platform, self.corrupt_key(), Rc::unwrap_or_clone(text)).await;
                storage::remove(platform, self.record_key(id)).await?;
                self.seen.replace(None);
                self.report(Event::SessionCorrupted);
                Ok(None)
            }
        }
    }

    /// Whether a session has not ended, and its record is stored or only missing because this tab could not store it.
    /// Without a record the session has ended, too: its tombstone could not be stored.
    pub(super) async fn is_alive<P: Platform>(&self, platform: &P, id: &str) -> Result<bool, Error> {
        let is_missed = |unsaved: &Unsaved| unsaved.is_missed && unsaved.session.id() == id;
        if !self.unsaved.borrow().as_ref().is_some_and(is_missed)
            && storage::get(platform, self.record_key(id)).await?.is_none()
        {
            return Ok(false);
        }
        Ok(!self.has_ended(platform, id).await?)
    }

    /// Whether this tab or another one has ended a session.
    pub(super) async fn has_ended<P: Platform>(&self, platform: &P, id: &str) -> Result<bool, Error> {
        let marked = storage::get(platform, self.tombstone_key(id)).await?.is_some();
        // This comes last, since this tab may have ended it meanwhile.
        Ok(marked || self.has_ended_here(id))
    }

    /// The refresh token of a record that was moved aside, if it can be read.
    pub(in crate::session) async fn corrupt_refresh_token<P: Platform>(
        &self,
        platform: &P,
    ) -> Result<Option<Secret<String>>, Error> {
        const NAME: &[u8] = b"\"refreshToken\":\"";
        let Some(text) = storage::get(platform, self.corrupt_key()).await? else { return Ok(None) };
        let text = text.expose_secret();
        let start = text.as_bytes().windows(NAME.len()).position(|window| window == NAME);
        let token = start.and_then(|start| text.get(start + NAME.len()..)?.split('"').next());
        Ok(token.filter(|token| !token.is_empty()).map(Into::into))
    }

    pub(super) fn corrupt_key(&self) -> String {
        self.key("session.corrupt")
    }

    /// The record that could not be stored, unless the stored session replaces it.
    pub(super) fn unsaved_beside(&self, current: &Current) -> Option<Rc<Session>> {
        let mut unsaved = self.unsaved.borrow_mut();
        unsaved.take_if(|unsaved| {
            let was_stored = unsaved.beside.as_deref() == Some(unsaved.session.id());
            let is_beside = unsaved.beside.as_ref() == Some(&current.id);
            // Another tab has signed in later, or somebody has cleared the storage.
            !is_beside && (was_stored || current.since_ms > unsaved.since_ms)
        });
        unsaved.as_ref().map(|unsaved| Rc::clone(&unsaved.session))
    }

    /// A session that began in this tab and was never stored.
    pub(super) fn never_stored(&self) -> Option<Rc<Session>> {
        let unsaved = self.unsaved.borrow();
        unsaved
            .as_ref()
            .filter(|unsaved| unsaved.beside.as_deref() != Some(unsaved.session.id()))
            .map(|unsaved| Rc::clone(&unsaved.session))
    }
}
