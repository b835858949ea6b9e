//! Changes of the stored session: it begins, is refreshed, and ends.

use std::rc::Rc;

use super::{Slot, Store, Unsaved};
use crate::encode::base64;
use crate::error::Error;
use crate::event::Event;
use crate::json::Writer;
use crate::platform::{Platform, Storage};
use crate::session::record::Session;
use crate::session::storage;

/// How long a sign-in waits for a tab that is storing a session which it could not store before.
const SIGN_IN_WAIT_MS: u32 = 1_000;

/// Whether a lock that keeps sign-ins out, taken at this time, still does: a sign-in waits for it no longer than
/// [`SIGN_IN_WAIT_MS`].
fn is_in_time(since_ms: i64, now_ms: i64) -> bool {
    (0..i64::from(SIGN_IN_WAIT_MS / 2)).contains(&now_ms.saturating_sub(since_ms))
}

/// How often a storage that could not be read is read again. The pause doubles each time.
const LOOKS_AGAIN: u32 = 6;

/// A session that has begun.
pub(in crate::session) struct Begun {
    pub(in crate::session) session: Rc<Session>,
    /// The session that was current before.
    before: String,
}

/// What happened to refreshed tokens.
pub(in crate::session) enum Committed {
    /// They are the session's tokens now: in the storage, or in this tab's memory if that failed.
    Kept(Rc<Session>),
    /// The session ended meanwhile, or another one took its place.
    Superseded,
    /// They are stored for the other tabs. In this tab another user has signed in, whose session could not be stored.
    Elsewhere,
    /// The storage could not be read. This tab keeps them in memory.
    Unknown(Error),
}

/// The state of a session.
enum Standing {
    /// It is the current one, and stored.
    Current,
    /// It began in this tab and was never stored.
    Unstored,
    /// It has ended, or another one is current.
    Past,
}

impl Store {
    /// Begins a session, which replaces any other.
    ///
    /// # Errors
    /// `no_random`.
    pub(in crate::session) async fn begin<P: Platform>(&self, platform: &P, session: Session) -> Result<Begun, Error> {
        let mut bytes = [0; 12];
        platform.fill_random(&mut bytes)?;
        let id = base64::encode_url(&bytes);
        let session = Rc::new(session.with_id(&id));
        // Another tab may have read `current` and be about to write it.
        let turn = platform.lock(&self.key("current"), SIGN_IN_WAIT_MS).await.ok().flatten();
        let since_ms = platform.now_ms();
        let current = self.current(platform).await.ok().map(|current| current.id);
        let before = current.clone().or_else(|| self.last_seen()).unwrap_or_default();
        let stored = self.store_new(platform, &session, &before, since_ms).await;
        if before != id {
            let _ = self.remove_session(platform, &before).await;
        }
        match stored {
            Ok(()) => {
                self.unsaved.replace(None);
                // Nobody looks for the former session any more.
                let _ = storage::remove(platform, self.tombstone_key(&before)).await;
            }
            Err(error) => {
                let unsaved = Unsaved { session: Rc::clone(&session), beside: current, since_ms, is_missed: false };
                self.unsaved.replace(Some(unsaved));
                self.report(Event::SessionPersistFailed(error));
            }
        }
        self.seen.replace(Some(id));
        // The next tab to take the turn waits for the lag, and so sees this sign-in.
        drop(turn);
        Ok(Begun { session, before })
    }

    /// Waits for the lag after a sign-in. Then it removes this session's record if another sign-in has overtaken it,
    /// and a record of the former session that a refresh stored too late.
    pub(in crate::session) async fn settle_sign_in<P: Platform>(&self, platform: &P, begun: Begun) {
        self.wait_out_the_lag(platform).await;
        let Ok(current) = self.current(platform).await else { return };
        let id = begun.session.id();
        if current.id != id {
            let _ = self.remove_session(platform, id).await;
        } else if begun.before != id {
            let _ = self.remove_session(platform, &begun.before).await;
            let _ = storage::remove(platform, self.tombstone_key(&begun.before)).await;
        }
    }

    /// Stores the record of a refresh, unless the session is past. Call it in the session's turn.
    pub(in crate::session) async fn commit<P: Platform>(
        &self,
        platform: &P,
        before: &Session,
        renewed: Rc<Session>,
    ) -> Committed {
        let id = renewed.id();
        let mut pause_ms = platform.storage().lag_ms();
        for _ in 0..LOOKS_AGAIN {
            match self.standing(platform, id).await {
                Ok(Standing::Past) => return Committed::Superseded,
                Ok(Standing::Unstored) => {
                    self.keep_unsaved(&renewed);
                    self.store_unstored(platform, &renewed).await;
                    return self.kept_unless_ended(platform, renewed).await;
                }
                Ok(Standing::Current) => {
                    self.store_renewed(platform, before, &renewed).await;
                    return self.kept_unless_ended(platform, renewed).await;
                }
                // Unreadable is unknown, not ended: these may be the only tokens that work.
                Err(_) => {
                    self.remember(&renewed, false);
                    platform.sleep(pause_ms).await;
                    pause_ms = pause_ms.saturating_mul(2);
                }
            }
        }
        match self.standing(platform, id).await {
            Ok(Standing::Past) => Committed::Superseded,
            Ok(_) => self.kept_unless_ended(platform, renewed).await,
            Err(error) => Committed::Unknown(error),
        }
    }

    /// Waits for the lag after a refresh. Then it removes what is stored of a session that has ended meanwhile.
    pub(in crate::session) async fn settle_refresh<P: Platform>(&self, platform: &P, session: &Rc<Session>) {
        self.wait_out_the_lag(platform).await;
        match self.standing(platform, session.id()).await {
            Ok(Standing::Past) => drop(self.remove_session(platform, session.id()).await),
            Ok(Standing::Current) if self.unsaved_is(session.id()) => self.save_again(platform, session).await,
            _ => {}
        }
    }

    async fn standing<P: Platform>(&self, platform: &P, id: &str) -> Result<Standing, Error> {
        if self.has_ended_here(id) {
            return Ok(Standing::Past);
        }
        let current = match self.current(platform).await {
            Ok(current) => current,
            Err(error) => return if self.is_unstored(id) { Ok(Standing::Unstored) } else { Err(error) },
        };
        if current.id == id {
            return Ok(if self.is_alive(platform, id).await? { Standing::Current } else { Standing::Past });
        }
        let is_unstored = self.unsaved_beside(&current).is_some_and(|session| session.id() == id);
        Ok(if is_unstored { Standing::Unstored } else { Standing::Past })
    }

    /// The sign-in's two writes: the record, then that it is the current one.
    async fn store_new<P: Platform>(
        &self,
        platform: &P,
        session: &Session,
        before: &str,
        since_ms: i64,
    ) -> Result<(), Error> {
        if self.write(platform, session).await.is_err() {
            // Removing the former record makes room. It must not come back after a reload anyway.
            let _ = storage::remove(platform, self.record_key(before)).await;
            self.write(platform, session).await?;
        }
        let pointed = self.point_at(platform, session.id(), since_ms).await;
        if pointed.is_err() {
            let _ = storage::remove(platform, self.record_key(session.id())).await;
        }
        pointed
    }

    /// Writes a session's record.
    fn write<P: Platform>(&self, platform: &P, session: &Session) -> impl Future<Output = Result<(), Error>> {
        storage::set(platform, self.record_key(session.id()), session.to_stored())
    }

    /// Writes that a session is the current one.
    fn point_at<P: Platform>(&self, platform: &P, id: &str, since_ms: i64) -> impl Future<Output = Result<(), Error>> {
        let mut json = Writer::object();
        json.integer("v", 1);
        json.str("id", id);
        json.integer("since", since_ms);
        storage::set(platform, self.key("current"), json.finish())
    }

    async fn store_renewed<P: Platform>(&self, platform: &P, before: &Session, renewed: &Rc<Session>) {
        let mut stored = self.write(platform, renewed).await;
        let is_rotated = !renewed.same_refresh_token(before);
        if stored.is_err() && is_rotated {
            // The stored refresh token has been used, so nobody needs it. Removing it may make enough room.
            let _ = storage::remove(platform, self.record_key(renewed.id())).await;
            stored = self.write(platform, renewed).await;
        }
        match stored {
            Ok(()) if self.unsaved_is(renewed.id()) => drop(self.unsaved.replace(None)),
            Ok(()) => {}
            Err(error) => {
                self.remember(renewed, is_rotated);
                self.report(Event::SessionPersistFailed(error));
            }
        }
    }

    /// This tab may have signed out while an asynchronous storage was writing.
    async fn kept_unless_ended<P: Platform>(&self, platform: &P, renewed: Rc<Session>) -> Committed {
        if !self.has_ended_here(renewed.id()) {
            let is_other = self.never_stored().is_some_and(|session| session.id() != renewed.id());
            return if is_other { Committed::Elsewhere } else { Committed::Kept(renewed) };
        }
        let _ = self.remove_session(platform, renewed.id()).await;
        Committed::Superseded
    }

    /// Tries to store a record that could not be stored before. Call it in the session's turn, or if no other tab can
    /// have a newer record.
    pub(super) async fn save_again<P: Platform>(&self, platform: &P, session: &Rc<Session>) {
        if self.write(platform, session).await.is_ok() && self.unsaved_is(session.id()) {
            self.unsaved.replace(None);
        }
    }

    /// Stores a session that could not be stored when it began, unless there has been another sign-in since.
    async fn store_unstored<P: Platform>(&self, platform: &P, session: &Rc<Session>) {
        let Ok(Some(turn)) = platform.lock(&self.key("current"), 0).await else { return };
        let taken_ms = platform.now_ms();
        self.wait_out_the_lag(platform).await;
        let since_ms = self.unsaved.borrow().as_ref().map_or(0, |unsaved| unsaved.since_ms);
        // Only a successful read shows that there is no later sign-in.
        if let Ok(current) = self.current(platform).await
            && is_in_time(taken_ms, platform.now_ms())
            && self.unsaved_beside(&current).is_some_and(|unsaved| unsaved.id() == session.id())
            && self.store_new(platform, session, session.id(), since_ms).await.is_ok()
        {
            self.unsaved.replace(None);
        }
        drop(turn);
    }

    /// Keeps a record that could not be stored again in memory, unless another user has signed in since.
    fn remember(&self, session: &Rc<Session>, is_missed: bool) {
        if self.never_stored().is_none() {
            let beside = Some(session.id().to_owned());
            self.unsaved.replace(Some(Unsaved { session: Rc::clone(session), beside, since_ms: 0, is_missed }));
        }
    }

    fn keep_unsaved(&self, renewed: &Rc<Session>) {
        if let Some(unsaved) = self.unsaved.borrow_mut().as_mut().filter(|unsaved| unsaved.session.id() == renewed.id())
        {
            unsaved.session = Rc::clone(renewed);
        }
    }

    pub(super) fn unsaved_is(&self, id: &str) -> bool {
        self.unsaved.borrow().as_ref().is_some_and(|unsaved| unsaved.session.id() == id)
    }

    fn is_unstored(&self, id: &str) -> bool {
        self.never_stored().is_some_and(|session| session.id() == id)
    }

    /// Removes a session's record and its AWS credentials.
    pub(super) async fn remove_session<P: Platform>(&self, platform: &P, id: &str) -> Result<(), Error> {
        self.read_session.forget();
        let record = storage::remove(platform, self.record_key(id)).await;
        let credentials = self.remove_in(platform, &Slot::Session(id.to_owned())).await;
        record.and(credentials)
    }
}
