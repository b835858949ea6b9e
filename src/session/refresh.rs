//! Fresh tokens. A refresh never loses a live session.

use std::cell::Cell;
use std::rc::Rc;

use super::app_call::app_call;
use super::flight::Flights;
use super::renew::{Outcome, Renewal};
use super::store::{Committed, Refused};
use super::{Core, Session, emit};
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::idp::{get_tokens_from_refresh_token as operation, initiate_auth, revoke_token};
use crate::json::Writer;
use crate::platform::{Platform, Request};
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;

impl Core {
    /// The session with valid tokens. They are refreshed first if they are about to expire, or if `force` is set.
    ///
    /// # Errors
    /// [`ErrorKind::SignedOut`] if there is no session; the service's error if it ended the session. After any other
    /// error the session continues.
    pub(crate) fn fresh<P: Platform>(
        &self,
        platform: &P,
        force: bool,
    ) -> impl Future<Output = Result<Rc<Session>, Error>> {
        self.fresh_with(platform, force, Vec::new())
    }

    /// As [`Core::fresh`], with data for the triggers of a refresh.
    ///
    /// # Errors
    /// As [`Core::fresh`].
    pub(crate) async fn fresh_with<P: Platform>(
        &self,
        platform: &P,
        force: bool,
        client_metadata: Vec<(String, String)>,
    ) -> Result<Rc<Session>, Error> {
        let session = self.require(platform).await?;
        self.refresh_if_needed(platform, session, force, client_metadata).await
    }

    /// As [`Core::fresh`]. If a service has rejected some tokens, `rejected` is their [`Session::fingerprint`]: they are
    /// refreshed unless that has happened since, or a moment ago.
    ///
    /// # Errors
    /// As [`Core::fresh`].
    pub(crate) async fn fresh_after_rejection<P: Platform>(
        &self,
        platform: &P,
        rejected: Option<i64>,
    ) -> Result<Rc<Session>, Error> {
        let session = self.require(platform).await?;
        let force = rejected
            .is_some_and(|rejected| self.refusals.call_for_renewal(rejected, session.fingerprint(), platform.now_ms()));
        let result = self.refresh_if_needed(platform, Rc::clone(&session), force, Vec::new()).await;
        if force {
            let current = result.as_ref().unwrap_or(&session);
            self.refusals.renewed(current.fingerprint(), platform.now_ms());
        }
        result
    }

    /// Refreshes the loaded session if needed. If another one has been stored since, that is the result.
    async fn refresh_if_needed<P: Platform>(
        &self,
        platform: &P,
        session: Rc<Session>,
        force: bool,
        client_metadata: Vec<(String, String)>,
    ) -> Result<Rc<Session>, Error> {
        if !force && session.is_fresh(platform.now_ms()) {
            return Ok(session);
        }
        let refresh = Refresh { stale: Rc::clone(&session), client_metadata };
        match self.renew(platform, session.id(), refresh).await {
            // The refresh was early: the old tokens are used for the rest of their life, if the session still exists.
            Err(error) if !force && !ends_session(&error) && session.is_valid(platform.now_ms()) => {
                let current = self.require(platform).await?;
                if current.is_valid(platform.now_ms()) { Ok(current) } else { Err(error) }
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
        session: &Session,
    ) -> Result<Secret<String>, Error> {
        if session.is_valid(platform.now_ms()) {
            return Ok(session.access_token().clone());
        }
        let token = session.refresh_token().ok_or(ErrorKind::SignedOut)?;
        // A sign-out doesn't wait for another tab's network.
        let turn = self.store.take_turn(platform, &self.store.refresh_turn(session.id()), 0).await?;
        let request = refresh_request(platform, session, token, &[]);
        let result =
            send_with_retry(platform, request, Retry::Never).await.and_then(|response| operation::read(&response));
        // The token may be used up. Other tabs must see first that the session has ended.
        let (core, shared) = (self.clone(), platform.detached());
        platform.spawn(async move {
            core.store.wait_out_the_lag(&shared).await;
            core.store.release(&shared, turn).await;
        });
        Ok(result?.access)
    }
}

/// A refresh of the session's tokens.
struct Refresh {
    stale: Rc<Session>,
    client_metadata: Vec<(String, String)>,
}

impl<P: Platform> Renewal<P> for Refresh {
    type Value = Rc<Session>;

    fn flights(core: &Core) -> &Flights<Result<Rc<Session>, Error>> {
        &core.refreshes
    }

    fn turn_name(&self, core: &Core) -> String {
        core.store.refresh_turn(self.stale.id())
    }

    async fn newer(&self, core: &Core, platform: &P) -> Result<Option<Rc<Session>>, Error> {
        let current = core.store.require(platform).await?;
        let is_newer = !current.same_access_token(&self.stale) && current.is_fresh(platform.now_ms());
        Ok(is_newer.then_some(current))
    }

    async fn request(&self, core: &Core, platform: &P, has_sent: &Cell<bool>) -> Result<Outcome<Rc<Session>>, Error> {
        let session = core.store.require(platform).await?;
        if session.id() != self.stale.id() {
            return Ok(Outcome::Adopted(session));
        }
        let Some(token) = session.refresh_token() else {
            if session.is_valid(platform.now_ms()) {
                return Ok(Outcome::Adopted(session));
            }
            core.store.end(platform, session.id()).await;
            return Ok(Outcome::Ended(ErrorKind::SignedOut.into()));
        };
        let request = refresh_request(platform, &session, token, &self.client_metadata);
        // A rotating token must not be sent twice: the first copy may have used it.
        has_sent.set(true);
        let result =
            send_with_retry(platform, request, Retry::Never).await.and_then(|response| operation::read(&response));
        match result.and_then(|tokens| session.renewed(tokens, platform.now_ms())) {
            Ok(renewed) => {
                let renewed = Rc::new(renewed);
                match core.store.commit(platform, &session, Rc::clone(&renewed)).await {
                    Committed::Kept(renewed) => Ok(Outcome::Renewed(renewed)),
                    Committed::Elsewhere => core.store.require(platform).await.map(Outcome::Adopted),
                    Committed::Unknown(error) => Ok(Outcome::Failed(error)),
                    Committed::Superseded => {
                        discard(platform, &session, &renewed);
                        core.store.require(platform).await.map(Outcome::Adopted)
                    }
                }
            }
            Err(error) if ends_session(&error) => match core.store.end_refused(platform, &session).await? {
                Refused::Ended => Ok(Outcome::Ended(error)),
                Refused::Superseded(Some(current)) => Ok(Outcome::Adopted(current)),
                Refused::Superseded(None) => Err(ErrorKind::SignedOut.into()),
            },
            Err(error) => match core.store.require(platform).await? {
                current if current.id() == session.id() => Ok(Outcome::Failed(error)),
                current => Ok(Outcome::Adopted(current)),
            },
        }
    }

    fn emit(core: &Core, platform: &P, outcome: &Result<Outcome<Rc<Session>>, Error>) {
        match outcome {
            Ok(Outcome::Renewed(_)) => emit(platform, &Event::TokenRefresh),
            Ok(Outcome::Ended(error)) => {
                platform.notify(&Event::TokenRefreshFailure(error.clone()));
                emit(platform, &Event::SignedOut(Some(error.clone())));
            }
            Ok(Outcome::Failed(error)) => platform.notify(&Event::TokenRefreshFailure(error.clone())),
            Ok(Outcome::Adopted(_)) | Err(_) => {}
        }
        core.emit_pending(platform);
    }

    async fn settle(&self, core: &Core, platform: &P, session: &Rc<Session>) {
        core.store.settle_refresh(platform, session).await;
    }
}

/// The request that renews a session's tokens. `GetTokensFromRefreshToken` wants the client's secret itself. Where only the app's server
/// has it, the hash of `REFRESH_TOKEN_AUTH` takes its place.
fn refresh_request<P: Platform>(
    platform: &P,
    session: &Session,
    token: &Secret<String>,
    client_metadata: &[(String, String)],
) -> Request {
    let (pool, device_key) = (session.pool(), session.device_key());
    if !pool.has_secret_at_server() {
        return operation::request(pool, token, device_key, client_metadata);
    }
    let call = app_call(platform, pool, session.username());
    let mut parameters = Writer::object();
    parameters.secret("REFRESH_TOKEN", token);
    parameters.str_if("DEVICE_KEY", device_key);
    initiate_auth::request(&call, "REFRESH_TOKEN_AUTH", parameters, None, client_metadata)
}

/// Whether this error of a refresh means that the session has ended.
pub(crate) fn ends_session(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::SignedOut) || error.service().is_some_and(|service| service.ends_session())
}

/// Revokes a rotated token of a session that has ended meanwhile. The sign-out knew only the previous token.
fn discard<P: Platform>(platform: &P, before: &Session, renewed: &Session) {
    if let Some(token) = renewed.refresh_token()
        && !renewed.same_refresh_token(before)
    {
        let request = revoke_token::request(renewed.pool(), token);
        let shared = platform.detached();
        // Best effort: nobody else has this token.
        platform.spawn(async move { drop(send_with_retry(&shared, request, Retry::Transient).await) });
    }
}
