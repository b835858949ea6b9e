//! Coming back from a sign-in page.

use std::rc::Rc;

use super::party::Party;
use super::pending::{FlowStore, Kept, Pending};
use super::{Arrival, Arrivals, Redirected};
use crate::call::{Repeat, call_as};
use crate::config::Config;
use crate::error::{Error, ErrorKind, FlowFault, TokenFault};
use crate::flow::both::both;
use crate::flow::verify::verified;
use crate::idp::auth::TokenSet;
use crate::jwt::{Expected, TokenUse};
use crate::oauth::callback::{Callback, Way, mark};
use crate::oauth::{self, token};
use crate::platform::{FlowScope, Platform, Storage};
use crate::session::{Record, Session};

/// How far the server's clock and the tokens may be apart.
const LEEWAY_MS: i64 = 60_000;
/// Longer than another tab takes to finish a flow.
const LOCK_WAIT_MS: u32 = 20_000;
/// A token that comes fresh from the token endpoint was not made longer ago than this.
const MAX_AGE_MS: i64 = 600_000;

/// Finishes the flow whose answer the URL carries. `None` if it carries none of ours, and this tab has not left one
/// half-way. The same URL gives the same answer again.
pub(crate) async fn handle<P: Platform>(
    session: &Session,
    arrivals: &Rc<Arrivals>,
    platform: &P,
    url: &str,
) -> Option<Rc<Redirected>> {
    let namespace = session.config.namespace();
    let marks = marks(&session.config);
    let is_ours = |callback: &Callback| marks.iter().any(|mark| callback.state.starts_with(mark));
    let Some(callback) = Callback::read(url).filter(is_ours) else {
        let flows = FlowStore { platform, namespace };
        flows.remove_expired().await;
        let kept = flows.interrupted().await?;
        return Some(told(session, platform, Err(FlowFault::Interrupted.into()), kept));
    };
    // The code is single-use, so the caller's abort is ignored.
    let (session, shared, state) = (session.clone(), platform.detached(), callback.state.clone());
    let work = async move { finish(&session, shared, &callback).await };
    Some(arrivals.once(platform, &state, work).await)
}

/// The first letters of the `state` of this app's flows, by redirect and by popup.
pub(crate) fn marks(config: &Config) -> [String; 2] {
    [Way::Redirect, Way::Popup].map(|way| mark(config.namespace(), way))
}

async fn finish<P: Platform>(session: &Session, platform: P, callback: &Callback) -> Rc<Redirected> {
    let flows = FlowStore { platform: &platform, namespace: session.config.namespace() };
    // One tab at a time. Without a lock the notes in the storage still tell.
    let lock = platform.lock(&flows.key(&callback.state), LOCK_WAIT_MS).await;
    let (outcome, kept) = match flows.take(&callback.state).await {
        Ok(pending) => {
            let began_at_ms = platform.now_ms();
            let outcome = complete(session, &platform, callback, &pending).await;
            flows.close(&callback.state, pending.created_at_ms).await;
            linger(&platform, lock, began_at_ms);
            (outcome, pending.kept)
        }
        Err(fault) => (Err(fault.into()), Kept::default()),
    };
    told(session, &platform, outcome, kept)
}

/// Keeps the lock until the next tab that gets it sees the note that the flow is used. The result doesn't wait for that.
fn linger<P: Platform>(platform: &P, lock: impl Sized + 'static, began_at_ms: i64) {
    let lag_ms = platform.flow_storage(FlowScope::Origin).lag_ms();
    let age_ms = platform.now_ms().saturating_sub(began_at_ms).max(0);
    let rest_ms = lag_ms.saturating_sub(u32::try_from(age_ms).unwrap_or(u32::MAX));
    let shared = platform.clone();
    platform.spawn(async move {
        shared.sleep(rest_ms).await;
        drop(lock);
    });
}

/// The result, told to the listeners.
fn told<P: Platform>(session: &Session, platform: &P, outcome: Result<Arrival, Error>, kept: Kept) -> Rc<Redirected> {
    session.tell_redirect(platform, outcome.as_ref().err(), kept.custom_state.as_ref());
    Rc::new(Redirected { outcome, custom_state: kept.custom_state, return_to: kept.return_to })
}

async fn complete<P: Platform>(
    session: &Session,
    platform: &P,
    callback: &Callback,
    pending: &Pending,
) -> Result<Arrival, Error> {
    if pending.is_expired(platform.now_ms()) {
        return Err(FlowFault::Expired.into());
    }
    let party = Party::of(&session.config, pending)?;
    party.check_sender(callback, &pending.redirect_uri)?;
    let code = match &callback.answer {
        Some(Ok(code)) => code,
        Some(Err(error)) => return Err(ErrorKind::OAuth(error.clone()).into()),
        None => return Err(FlowFault::NoCode.into()),
    };
    let exchange = token::Exchange {
        client_id: party.client_id,
        code,
        redirect_uri: &pending.redirect_uri,
        code_verifier: &pending.verifier,
    };
    let request = token::request(&party.token_url, &exchange);
    // A code is good for one exchange. The keys are fetched meanwhile; if that fails, the next look at them says so.
    let (response, _) = both(
        call_as(platform, &request, Repeat::IfThrottled, oauth::accept),
        session.keys.prefetch(platform, &party.jwks_url),
    )
    .await;
    let response = response?;
    let tokens = token::read(&response)?;
    let server_time_ms = response.server_time_ms();
    believe(session, platform, &party, pending, &tokens, server_time_ms).await?;
    accept(session, platform, pending, tokens).await
}

/// Verifies the tokens.
async fn believe<P: Platform>(
    session: &Session,
    platform: &P,
    party: &Party<'_>,
    pending: &Pending,
    tokens: &token::Tokens,
    server_time_ms: Option<i64>,
) -> Result<(), Error> {
    let expected = Expected {
        token_use: party.id_use,
        issuers: &party.issuers,
        client_id: party.client_id,
        now_ms: server_time_ms,
        leeway_ms: LEEWAY_MS,
        max_age_ms: Some(MAX_AGE_MS),
        nonce: Some(&pending.nonce),
        access_token: Some(&tokens.access),
        authenticated_within: pending.max_age,
    };
    let id_claims = match &tokens.id {
        Some(id) => Some(verified(session, platform, &party.jwks_url, id, &expected).await?),
        None if party.id_use == TokenUse::ForeignId => return Err(Error::reply("id_token is missing")),
        None => None,
    };
    if party.id_use == TokenUse::ForeignId {
        // Another provider's access token is its own business.
        return Ok(());
    }
    let expected = Expected {
        token_use: TokenUse::Access,
        nonce: None,
        access_token: None,
        authenticated_within: pending.max_age,
        ..expected
    };
    let access_claims = verified(session, platform, &party.jwks_url, &tokens.access, &expected).await?;
    if id_claims.is_some_and(|id| id.subject() != access_claims.subject()) {
        return Err(TokenFault::Subject.into());
    }
    Ok(())
}

async fn accept<P: Platform>(
    session: &Session,
    platform: &P,
    pending: &Pending,
    tokens: token::Tokens,
) -> Result<Arrival, Error> {
    if let (Some((provider, _)), Some(id_token)) = (&pending.foreign, &tokens.id) {
        session.keep_foreign(platform, provider, id_token).await?;
        return Ok(Arrival::Foreign { provider: provider.clone(), id_token: id_token.clone() });
    }
    let set = TokenSet { access: tokens.access, id: tokens.id, refresh: tokens.refresh };
    let record = Record::from_redirect(set, platform.now_ms(), session.config.require_user_pool()?)?;
    Ok(Arrival::User(session.begin(platform, record).await?))
}
