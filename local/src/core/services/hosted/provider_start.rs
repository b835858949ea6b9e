//! The way out: from the app's request to another identity provider's own page.

use super::flow::Flow;
use super::pending::Pending;
use super::visit::Visit;
use crate::core::saml;
use crate::core::services::federation::{self, Endpoints, Forwarded, Refusal, Secrets};
use crate::core::wire::http::HttpResponse;
use crate::core::world::outbound;

/// The name that Amazon Cognito gives to the cookie which ties a browser to the sign-ins that it began.
pub(super) const COOKIE: &str = "csrf-state";
const COOKIE_LENGTH: usize = 43;
const COOKIE_S: u64 = 300;

/// Sends the browser to an identity provider.
pub(super) fn start(visit: &mut Visit<'_>, flow: &Flow, provider: &str) -> HttpResponse {
    go(visit, flow, provider).unwrap_or_else(|refusal| flow.refuse(visit, &refusal.error, &refusal.description))
}

fn go(visit: &mut Visit<'_>, flow: &Flow, name: &str) -> Result<HttpResponse, Refusal> {
    let gone = || Refusal::invalid_request(format!("Identity provider {name} does not exist."));
    let provider = visit.pools.find(&flow.pool_id).and_then(|pool| pool.provider(name).cloned());
    let provider = provider.ok_or_else(gone)?;
    let base = visit.request.base();
    let endpoints = federation::find(visit.context.outside, &base, &provider)?;
    if !outbound::is_allowed(endpoints.page()) {
        return Err(Refusal::invalid_request(
            "The page of the IdP must have an https address, or http on this machine",
        ));
    }

    let now_ms = visit.context.now_ms;
    let mut secret = || visit.context.random.base64url::<32>();
    let (key, nonce, verifier, fresh) = (secret(), secret(), secret(), secret());
    // One cookie serves all tabs, so that a second sign-in does not spoil the first.
    let known = visit.request.cookies(COOKIE).find(|value| is_cookie(value)).map(str::to_owned);
    let browser = known.unwrap_or(fresh);
    let address = match &endpoints {
        Endpoints::OAuth(oauth) => {
            let secrets = Secrets { state: &key, nonce: &nonce, verifier: &verifier };
            let forwarded = Forwarded { login_hint: flow.login_hint.as_deref(), prompts: &flow.prompts };
            federation::address(&provider, oauth, &base, &secrets, &forwarded)
        }
        Endpoints::Saml(metadata) => {
            saml::address(metadata, &flow.pool_id, &base, &saml::request_id(&nonce), &key, now_ms)
        }
    };
    let cookie = format!("{COOKIE}={browser}; Path=/; Max-Age={COOKIE_S}; HttpOnly; SameSite=Lax");
    let (flow, provider_name) = (flow.clone(), name.to_owned());
    let pending =
        Pending { flow, provider_name, endpoints, browser, base, nonce, verifier, posted: None, begun_ms: now_ms };
    visit.pending.put(key, pending);
    Ok(HttpResponse::redirect(&address).with("Referrer-Policy", "no-referrer").with("Set-Cookie", cookie))
}

fn is_cookie(value: &str) -> bool {
    value.len() == COOKIE_LENGTH && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
