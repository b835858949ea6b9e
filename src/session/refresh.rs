//! The refresh: once in a tab and once across tabs. It never loses a live session.

use std::cell::Cell;
use std::rc::Rc;

use super::emit;
use super::flight::Flight;
use super::store::{Committed, Refused, TURN_WAIT_MS, Turn};
use super::{Record, Session};
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::idp::{get_tokens_from_refresh_token as operation, revoke_token};
use crate::platform::{Platform, Storage};
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;

impl Session {
    /// The record with valid tokens. They are refreshed first if they are about to expire, or if `force` is set.
    ///
    /// # Errors
    /// [`ErrorKind::SignedOut`] if there is no session; the service's error if it ended the session. After any other
    /// error the session continues.
    pub(crate) async fn fresh_record<P: Platform>(&self, platform: &P, force: bool) -> Result<Rc<Record>, Error> {
        let record = self.stored(platform).await?;
        self.fresh_in_place_of(platform, record, force).await
    }

    /// As [`Session::fresh_record`], given the stored record. If another has been stored since, that is the result.
    pub(super) async fn fresh_in_place_of<P: Platform>(
        &self,
        platform: &P,
        record: Rc<Record>,
        force: bool,
    ) -> Result<Rc<Record>, Error> {
        if !force && record.is_fresh(platform.now_ms()) {
            return Ok(record);
        }
        let start = |flight| {
            // Detached from the caller's abort signal.
            let (session, shared, stale) = (self.clone(), platform.detached(), Rc::clone(&record));
            platform.spawn(async move { session.refresh(&shared, &stale, flight).await });
        };
        match self.refreshes.join(record.id(), start).await {
            // The refresh was early: the old tokens are used for the rest of their life, if the session still exists.
            Err(error) if !force && !ends_session(&error) && record.is_valid(platform.now_ms()) => {
                let still = self.stored(platform).await?;
                if still.is_valid(platform.now_ms()) { Ok(still) } else { Err(error) }
            }
            result => result,
        }
    }

    /// An access token that still works, to end a session at Cognito that has just ended here. Stores nothing.
    ///
    /// # Errors
    /// `lock_timeout` if another tab is refreshing the session; the errors of a refresh.
    pub(crate) async fn parting_token<P: Platform>(
        &self,
        platform: &P,
        record: &Record,
    ) -> Result<Secret<String>, Error> {
        if record.is_valid(platform.now_ms()) {
            return Ok(record.access_token().clone());
        }
        let token = record.refresh_token().ok_or(ErrorKind::SignedOut)?;
        // A sign-out doesn't wait for another tab's network.
        let turn = self.store.take_turn(platform, &self.store.refresh_turn(record.id()), 0).await?;
        let pool = self.config.require_user_pool()?;
        let request = operation::request(&self.config.idp_url(), &pool.client_id, token);
        let result =
            send_with_retry(platform, &request, Retry::Never).await.and_then(|response| operation::read(&response));
        // The token may be used up. Other tabs must see first that the session has ended.
        let (session, shared) = (self.clone(), platform.detached());
        platform.spawn(async move {
            session.store.wait_out_the_lag(&shared).await;
            session.store.release(&shared, turn).await;
        });
        Ok(result?.access)
    }

    /// Refreshes in the session's turn, hands the result over, and keeps the turn until the other tabs see the write.
    async fn refresh<P: Platform>(&self, platform: &P, stale: &Record, flight: Rc<Flight<Refreshed>>) {
        let turn = match self.store.take_turn(platform, &self.store.refresh_turn(stale.id()), TURN_WAIT_MS).await {
            Ok(turn) => turn,
            Err(error) => {
                // Another tab may have stored a newer record meanwhile.
                let newer = self.newer_than(platform, stale).await;
                let outcome = newer.map(|newer| newer.map_or(Outcome::Failed(error), Outcome::Adopted));
                return self.land(platform, &flight, outcome);
            }
        };
        let has_sent = Cell::new(false);
        let outcome = self.refresh_in_turn(platform, stale, &turn, &has_sent).await;
        let renewed = match &outcome {
            Ok(Outcome::Renewed(record)) => Some(Rc::clone(record)),
            _ => None,
        };
        self.land(platform, &flight, outcome);
        match renewed {
            Some(record) => self.store.settle_refresh(platform, &record).await,
            // The token may be used up. Other tabs must see first what has taken its place.
            None if has_sent.get() => self.store.wait_out_the_lag(platform).await,
            None => {}
        }
        self.store.release(platform, turn).await;
    }

    async fn refresh_in_turn<P: Platform>(
        &self,
        platform: &P,
        stale: &Record,
        turn: &Turn<P::Guard>,
        has_sent: &Cell<bool>,
    ) -> Result<Outcome, Error> {
        // Another tab may have refreshed while this one waited for its turn.
        if let Some(newer) = self.newer_than(platform, stale).await? {
            return Ok(Outcome::Adopted(newer));
        }
        if turn.contended {
            // The other tab may have died before its write was visible here.
            platform.sleep(platform.storage().lag_ms()).await;
            if let Some(newer) = self.newer_than(platform, stale).await? {
                return Ok(Outcome::Adopted(newer));
            }
        }
        let pool = self.config.require_user_pool()?;
        let record = self.required(platform).await?;
        if record.id() != stale.id() {
            return Ok(Outcome::Adopted(record));
        }
        let Some(token) = record.refresh_token() else {
            if record.is_valid(platform.now_ms()) {
                return Ok(Outcome::Adopted(record));
            }
            self.store.end(platform, record.id()).await;
            return Ok(Outcome::Ended(ErrorKind::SignedOut.into()));
        };
        let request = operation::request(&self.config.idp_url(), &pool.client_id, token);
        // A rotating token must not be sent twice: the first copy may have used it.
        has_sent.set(true);
        let result =
            send_with_retry(platform, &request, Retry::Never).await.and_then(|response| operation::read(&response));
        match result.and_then(|tokens| record.renewed(tokens, platform.now_ms(), pool)) {
            Ok(renewed) => {
                let renewed = Rc::new(renewed);
                match self.store.commit(platform, &record, Rc::clone(&renewed)).await {
                    Committed::Kept(renewed) => Ok(Outcome::Renewed(renewed)),
                    Committed::Elsewhere => self.required(platform).await.map(Outcome::Adopted),
                    Committed::Unknown(error) => Ok(Outcome::Failed(error)),
                    Committed::Superseded => {
                        self.discard(platform, &record, &renewed);
                        self.required(platform).await.map(Outcome::Adopted)
                    }
                }
            }
            Err(error) if ends_session(&error) => match self.store.end_refused(platform, &record).await? {
                Refused::Ended => Ok(Outcome::Ended(error)),
                Refused::Superseded(Some(current)) => Ok(Outcome::Adopted(current)),
                Refused::Superseded(None) => Err(ErrorKind::SignedOut.into()),
            },
            Err(error) => match self.required(platform).await? {
                current if current.id() == record.id() => Ok(Outcome::Failed(error)),
                current => Ok(Outcome::Adopted(current)),
            },
        }
    }

    /// Revokes a rotated token of a session that has ended meanwhile. The sign-out knew only the previous token.
    fn discard<P: Platform>(&self, platform: &P, before: &Record, renewed: &Record) {
        if let (Some(token), Ok(pool)) = (renewed.refresh_token(), self.config.require_user_pool())
            && !renewed.same_refresh_token(before)
        {
            let request = revoke_token::request(&self.config.idp_url(), &pool.client_id, token);
            let shared = platform.detached();
            // Best effort: nobody else has this token.
            platform.spawn(async move { drop(send_with_retry(&shared, &request, Retry::Transient).await) });
        }
    }

    /// The stored record, if it is fresh and was stored after `stale` was read.
    async fn newer_than<P: Platform>(&self, platform: &P, stale: &Record) -> Result<Option<Rc<Record>>, Error> {
        let current = self.required(platform).await?;
        let newer = !current.same_access_token(stale) && current.is_fresh(platform.now_ms());
        Ok(newer.then_some(current))
    }

    /// Hands the outcome to the callers and emits its events.
    fn land<P: Platform>(&self, platform: &P, flight: &Rc<Flight<Refreshed>>, outcome: Result<Outcome, Error>) {
        let result = match outcome {
            Ok(Outcome::Renewed(record)) => {
                emit(platform, &Event::TokenRefresh);
                Ok(record)
            }
            Ok(Outcome::Adopted(record)) => Ok(record),
            Ok(Outcome::Ended(error)) => {
                platform.notify(&Event::TokenRefreshFailure(error.clone()));
                emit(platform, &Event::SignedOut(Some(error.clone())));
                Err(error)
            }
            Ok(Outcome::Failed(error)) => {
                platform.notify(&Event::TokenRefreshFailure(error.clone()));
                Err(error)
            }
            Err(error) => Err(error),
        };
        self.emit_pending(platform);
        self.refreshes.land(flight, result);
    }
}

/// The result of a refresh for its callers.
pub(super) type Refreshed = Result<Rc<Record>, Error>;

/// Whether this error of a refresh means that the session has ended.
pub(crate) fn ends_session(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SignedOut) || error.service().is_some_and(|service| service.ends_session())
}

enum Outcome {
    /// There are new tokens.
    Renewed(Rc<Record>),
    /// Another tab's tokens, or another session's.
    Adopted(Rc<Record>),
    /// The refresh token is dead, so the session has ended.
    Ended(Error),
    /// Any other failure. The session continues.
    Failed(Error),
}
