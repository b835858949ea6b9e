//! Handling the authorization response of a sign-in page.

use std::rc::Rc;

use super::issuer::Issuer;
use super::pending::{FlowStore, Kept, Pending};
use super::{RedirectResult, RedirectResults, RedirectUser};
use crate::config::Config;
use crate::error::{Error, ErrorKind, FlowFault, ResponseProblem, TokenFault};
use crate::flow::join::join;
use crate::flow::verify::verified;
use crate::idp::auth::TokenSet;
use crate::jwt::{Expected, TokenUse};
use crate::oauth::authorization_response::{AuthorizationResponse, Way, state_prefix};
use crate::oauth::{self, token};
use crate::platform::{FlowScope, Platform, Storage};
use crate::retry::{Retry, send_with_retry_as};
use crate::session::{Core, Session};

/// How far the server's clock and the tokens may be apart.
const LEEWAY_MS: i64 = 60_000;
/// Longer than another tab takes to finish a flow.
const LOCK_WAIT_MS: u32 = 20_000;
/// A token that comes fresh from the token endpoint was not made longer ago than this.
const MAX_AGE_MS: i64 = 600_000;

/// Finishes the flow whose authorization response the URL contains. `None` if it contains none of ours and this tab has
/// not left a flow half-finished. The same URL always gives the same result.
pub(crate) async fn handle<P: Platform>(
    core: &Core,
    redirects: &Rc<RedirectResults>,
    platform: &P,
    url: &str,
) -> Option<Rc<RedirectResult>> {
    let namespace = core.config.namespace();
    let prefixes = state_prefixes(&core.config);
    let is_ours = |response: &AuthorizationResponse| prefixes.iter().any(|prefix| response.state.starts_with(prefix));
    let Some(response) = AuthorizationResponse::read(url).filter(is_ours) else {
        let flows = FlowStore { platform, namespace };
        flows.remove_expired().await;
        let kept = flows.interrupted().await?;
        return Some(notify(core, platform, Err(FlowFault::Interrupted.into()), kept));
    };
    // The code is single-use, so the caller's abort is ignored.
    let (core, shared, state) = (core.clone(), platform.detached(), response.state.clone());
    let work = async move { finish(&core, shared, &response).await };
    Some(redirects.once(platform, &state, work).await)
}

/// The prefixes of the `state` of this app's flows, by redirect and by popup.
pub(crate) fn state_prefixes(config: &Config) -> [String; 2] {
    [Way::Redirect, Way::Popup].map(|way| state_prefix(config.namespace(), way))
}

async fn finish<P: Platform>(core: &Core, platform: P, response: &AuthorizationResponse) -> Rc<RedirectResult> {
    let flows = FlowStore { platform: &platform, namespace: core.config.namespace() };
    // One tab at a time. Without locks, the notes in the storage prevent most double uses.
    let lock = platform.lock(&flows.key(&response.state), LOCK_WAIT_MS).await;
    let (outcome, kept) = match flows.take(&response.state).await {
        Ok(pending) => {
            let began_at_ms = platform.now_ms();
            let outcome = complete(core, &platform, response, &pending).await;
            flows.close(&response.state, pending.created_at_ms).await;
            linger(&platform, lock, began_at_ms);
            (outcome, pending.kept)
        }
        Err(fault) => (Err(fault.into()), Kept::default()),
    };
    notify(core, &platform, outcome, kept)
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

/// Emits the result and returns it.
fn notify<P: Platform>(
    core: &Core,
    platform: &P,
    outcome: Result<RedirectUser, Error>,
    kept: Kept,
) -> Rc<RedirectResult> {
    core.emit_redirect_result(platform, outcome.as_ref().err(), kept.custom_state.as_ref());
    Rc::new(RedirectResult { outcome, custom_state: kept.custom_state, return_to: kept.return_to })
}

async fn complete<P: Platform>(
    core: &Core,
    platform: &P,
    response: &AuthorizationResponse,
    pending: &Pending,
) -> Result<RedirectUser, Error> {
    if pending.is_expired(platform.now_ms()) {
        return Err(FlowFault::Expired.into());
    }
    let issuer = Issuer::of(&core.config, pending)?;
    issuer.check_sender(response, &pending.redirect_uri)?;
    let code = match &response.answer {
        Some(Ok(code)) => code,
        Some(Err(error)) => return Err(ErrorKind::OAuth(error.clone()).into()),
        None => return Err(FlowFault::NoCode.into()),
    };
    let exchange = token::Exchange {
        client_id: issuer.client_id,
        client_secret: issuer.user_pool.and_then(|pool| pool.secret_value()),
        code,
        redirect_uri: &pending.redirect_uri,
        code_verifier: &pending.verifier,
    };
    let request = token::request(&issuer.token_url, &exchange);
    // The code is single-use. The keys are fetched at the same time; `Keys::key` returns the error if that fails.
    let (reply, _) = join(
        send_with_retry_as(platform, request, Retry::Throttled, oauth::accept),
        core.keys.prefetch(platform, &issuer.jwks_url),
    )
    .await;
    let reply = reply?;
    let tokens = token::read(&reply)?;
    let server_time_ms = reply.server_time_ms();
    verify_tokens(core, platform, &issuer, pending, &tokens, server_time_ms).await?;
    accept(core, platform, &issuer, pending, tokens).await
}

/// Verifies the tokens.
async fn verify_tokens<P: Platform>(
    core: &Core,
    platform: &P,
    issuer: &Issuer<'_>,
    pending: &Pending,
    tokens: &token::Tokens,
    server_time_ms: Option<i64>,
) -> Result<(), Error> {
    let expected = Expected {
        token_use: issuer.id_use,
        issuers: &issuer.identifiers,
        client_id: issuer.client_id,
        now_ms: server_time_ms,
        leeway_ms: LEEWAY_MS,
        max_age_ms: Some(MAX_AGE_MS),
        nonce: Some(&pending.nonce),
        access_token: Some(&tokens.access),
        authenticated_within: pending.max_age,
    };
    let id_claims = match &tokens.id {
        Some(id) => Some(verified(core, platform, &issuer.jwks_url, id, &expected).await?),
        None if issuer.id_use == TokenUse::ExternalId => return Err(Error::invalid_response(ResponseProblem::IdToken)),
        None => None,
    };
    if issuer.id_use == TokenUse::ExternalId {
        // An external provider's access token is opaque to us.
        return Ok(());
    }
    let expected = Expected {
        token_use: TokenUse::Access,
        nonce: None,
        access_token: None,
        authenticated_within: pending.max_age,
        ..expected
    };
    let access_claims = verified(core, platform, &issuer.jwks_url, &tokens.access, &expected).await?;
    if id_claims.is_some_and(|id| id.subject() != access_claims.subject()) {
        return Err(TokenFault::Subject.into());
    }
    Ok(())
}

async fn accept<P: Platform>(
    core: &Core,
    platform: &P,
    issuer: &Issuer<'_>,
    pending: &Pending,
    tokens: token::Tokens,
) -> Result<RedirectUser, Error> {
    match (issuer.user_pool, &pending.provider, tokens.id) {
        (Some(pool), _, id) => {
            let set = TokenSet { access: tokens.access, id, refresh: tokens.refresh, device: None };
            let session = Session::from_redirect(set, platform.now_ms(), pool)?;
            Ok(RedirectUser::UserPool(core.begin(platform, session).await?))
        }
        (None, Some((provider, _)), Some(id_token)) => {
            core.store_provider_token(platform, provider, &id_token).await?;
            Ok(RedirectUser::External { provider: provider.clone(), id_token })
        }
        (None, ..) => Err(Error::invalid_response(ResponseProblem::IdToken)),
    }
}
