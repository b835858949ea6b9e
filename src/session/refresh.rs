//! The refresh: once in a tab, once across tabs, and never losing a session that lives.

use std::rc::Rc;

use super::events::{Event, emit, emit_here, write_error_member};
use super::{Record, Session};
use crate::call::{Repeat, call};
use crate::error::{Error, ErrorKind};
use crate::idp::get_tokens_from_refresh_token as operation;
use crate::platform::{Guard, Platform};

/// Longer than the holder's one request may take.
const LOCK_WAIT_MS: u32 = 20_000;
/// A tab's writes reach another tab's view of the storage a moment after the lock does.
pub(super) const STORAGE_LAG_MS: u32 = 50;

impl Session {
    /// The record with tokens that can be used, refreshed first if they are about to expire or if `force`d.
    ///
    /// # Errors
    /// [`ErrorKind::SignedOut`] if there is no session; what the service said if it ended the session; what
    /// went wrong otherwise, in which case the session goes on.
    pub(crate) async fn fresh_record<P: Platform>(&self, platform: &P, force: bool) -> Result<Rc<Record>, Error> {
        let record = self.stored(platform).await?;
        if !force && record.is_fresh(platform.now_ms()) {
            return Ok(record);
        }
        // Callers share the refresh, so that no single one's giving up may stop it.
        let shared = platform.detached();
        let stale = Rc::clone(&record);
        let result = self.refresh.run(|| self.refresh_across_tabs(shared, stale)).await;
        self.tell_news(platform);
        match result {
            // The refresh came early: what is left of the old tokens' time can be used.
            Err(error) if !force && !over(&error) && record.is_valid(platform.now_ms()) => Ok(record),
            result => result,
        }
    }

    async fn refresh_across_tabs<P: Platform>(&self, platform: P, stale: Rc<Record>) -> Result<Rc<Record>, Error> {
        let guard = match platform.lock(&self.store.lock_name(), LOCK_WAIT_MS).await {
            Ok(guard) => guard,
            Err(error) => return self.newer_than(&platform, &stale).await?.ok_or(error),
        };
        // Another tab may have done it while this one waited for the lock.
        if let Some(newer) = self.newer_than(&platform, &stale).await? {
            return Ok(newer);
        }
        if guard.as_ref().is_some_and(Guard::contended) {
            platform.sleep(STORAGE_LAG_MS).await;
            if let Some(newer) = self.newer_than(&platform, &stale).await? {
                return Ok(newer);
            }
        }
        let outcome = self.refresh_under_lock(&platform).await?;
        // Listeners must not run inside the lock.
        drop(guard);
        match outcome {
            Outcome::Renewed(record) => {
                emit(&platform, Event::TokenRefresh, &|_| {});
                Ok(record)
            }
            Outcome::Replaced(record) => Ok(record),
            Outcome::Ended(error) => {
                emit_here(&platform, Event::TokenRefreshFailure, &|data| write_error_member(data, &error));
                emit(&platform, Event::SignedOut, &|data| write_error_member(data, &error));
                Err(error)
            }
            Outcome::Failed(error) => {
                emit_here(&platform, Event::TokenRefreshFailure, &|data| write_error_member(data, &error));
                Err(error)
            }
        }
    }

    /// The stored record, with nobody told of anything.
    async fn under_lock<P: Platform>(&self, platform: &P) -> Result<Rc<Record>, Error> {
        self.store.load(platform).await?.ok_or_else(|| ErrorKind::SignedOut.into())
    }

    /// The stored record, if somebody has stored a fresh one since `stale` was read.
    async fn newer_than<P: Platform>(&self, platform: &P, stale: &Record) -> Result<Option<Rc<Record>>, Error> {
        let current = self.under_lock(platform).await?;
        let newer = !current.same_access_token(stale) && current.is_fresh(platform.now_ms());
        Ok(newer.then_some(current))
    }

    async fn refresh_under_lock<P: Platform>(&self, platform: &P) -> Result<Outcome, Error> {
        let pool = self.config.require_user_pool()?;
        let record = self.under_lock(platform).await?;
        let Some(token) = record.refresh_token() else {
            if record.is_valid(platform.now_ms()) {
                return Ok(Outcome::Replaced(record));
            }
            self.store.clear(platform).await?;
            return Ok(Outcome::Ended(ErrorKind::SignedOut.into()));
        };
        let request = operation::request(&self.config.idp_url(), &pool.client_id, token);
        // A rotating token must not be sent twice: its first copy may have been used up.
        let result = call(platform, &request, Repeat::Never).await.and_then(|response| operation::read(&response));
        // What is stored now decides: the user may have signed out, or in again, in another tab. A storage that
        // cannot be read just now must not cost the tokens that came.
        let current = match self.under_lock(platform).await {
            Err(error) if matches!(error.kind(), ErrorKind::Storage(_)) => Rc::clone(&record),
            current => current?,
        };
        if !current.same_refresh_token(&record) {
            return Ok(Outcome::Replaced(current));
        }
        match result.and_then(|tokens| record.renewed(tokens, platform.now_ms(), pool)) {
            Ok(renewed) => {
                let renewed = Rc::new(renewed);
                self.store.save(platform, &renewed).await;
                Ok(Outcome::Renewed(renewed))
            }
            Err(error) if over(&error) => {
                self.store.clear(platform).await?;
                Ok(Outcome::Ended(error))
            }
            Err(error) => Ok(Outcome::Failed(error)),
        }
    }
}

/// Whether this error of a refresh means that there is no session any more.
pub(crate) fn over(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SignedOut) || error.service().is_some_and(|service| service.ends_session())
}

enum Outcome {
    /// New tokens came and are stored.
    Renewed(Rc<Record>),
    /// Another session has taken this one's place meanwhile.
    Replaced(Rc<Record>),
    /// The refresh token is dead, and the session with it.
    Ended(Error),
    /// Something else went wrong. The session goes on.
    Failed(Error),
}
