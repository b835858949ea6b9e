//! The end of a session: by the user's word, or by Cognito's.

use std::rc::Rc;

use super::Store;
use crate::error::Error;
use crate::json::Writer;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::record::Session;
use crate::session::storage;

/// What happened to a session whose refresh token was rejected.
pub(in crate::session) enum Refused {
    /// It has ended.
    Ended,
    /// The storage has a newer token, another session, or none.
    Superseded(Option<Rc<Session>>),
}

impl Store {
    /// Ends a session for all tabs: for this one at once, for the others after the lag. [`Store::settle_end`] returns
    /// whether that worked. Returns the record that was stored.
    pub(in crate::session) async fn end<P: Platform>(&self, platform: &P, id: &str) -> Option<Rc<Session>> {
        self.forget(id);
        let found = self.session(platform, id).await.ok().flatten();
        // The tombstone comes first: it also prevents a refresh from storing the record again.
        let marked = self.mark_ended(platform, id).await;
        let _ = self.remove_session(platform, id).await;
        // Without the record there may be room for it. If not, the session is at least not the current one any more.
        if marked.is_err()
            && self.mark_ended(platform, id).await.is_err()
            && matches!(self.current(platform).await, Ok(current) if current.id == id)
        {
            let _ = storage::remove(platform, self.key("current")).await;
        }
        found
    }

    fn mark_ended<P: Platform>(&self, platform: &P, id: &str) -> impl Future<Output = Result<(), Error>> {
        let mut json = Writer::object();
        json.integer("v", 1);
        storage::set(platform, self.tombstone_key(id), json.finish())
    }

    /// Waits for the lag, and removes what a refresh has stored before it saw the tombstone. Returns the refresh token
    /// of that record.
    ///
    /// # Errors
    /// `storage_write` if the record is still there.
    pub(in crate::session) async fn settle_end<P: Platform>(
        &self,
        platform: &P,
        id: &str,
    ) -> Result<Option<Secret<String>>, Error> {
        self.wait_out_the_lag(platform).await;
        let late = self.session(platform, id).await.ok().flatten();
        self.remove_session(platform, id).await?;
        Ok(late.and_then(|session| session.refresh_token().cloned()))
    }

    /// Ends a session whose refresh token Cognito rejected, unless another look after the lag finds something newer.
    ///
    /// # Errors
    /// `storage_read`: nothing has ended.
    pub(in crate::session) async fn end_refused<P: Platform>(
        &self,
        platform: &P,
        refused: &Session,
    ) -> Result<Refused, Error> {
        self.wait_out_the_lag(platform).await;
        let found = self.look(platform).await?;
        let is_refused = |session: &Rc<Session>| session.id() == refused.id() && session.same_refresh_token(refused);
        if found.as_ref().is_some_and(is_refused) {
            self.end(platform, refused.id()).await;
            return Ok(Refused::Ended);
        }
        Ok(Refused::Superseded(found))
    }

    /// Removes a record that was moved aside. It may contain tokens.
    pub(in crate::session) fn remove_corrupt<P: Platform>(
        &self,
        platform: &P,
    ) -> impl Future<Output = Result<(), Error>> {
        storage::remove(platform, self.corrupt_key())
    }

    /// Marks a session as ended in this tab, whatever the storage says.
    fn forget(&self, id: &str) {
        if !self.has_ended_here(id) {
            self.ended.borrow_mut().push(id.to_owned());
        }
        if self.unsaved_is(id) {
            self.unsaved.replace(None);
        }
        if self.seen.borrow().as_deref() == Some(id) {
            self.seen.replace(None);
        }
    }
}
