//! The way out: from the app's request to the provider's own page.

use super::authorize::{Forwarded, Secrets};
use super::endpoints::Endpoints;
use super::pending::Pending;
use super::refusal::Refusal;
use super::{authorize, endpoints};
use crate::core::emulator::Emulator;
use crate::core::saml;
use crate::core::services::hosted::{Flow, HandOver};
use crate::core::services::well_known::endpoint;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::outbound;

/// The name that Amazon Cognito gives to the cookie which ties a browser to the sign-ins that it began.
pub(super) const COOKIE: &str = "csrf-state";
const COOKIE_LENGTH: usize = 43;
const COOKIE_S: u64 = 300;

/// Sends the browser to an identity provider. The state is not locked here.
pub(crate) fn start(emulator: &Emulator, request: &HttpRequest, hand_over: HandOver) -> HttpResponse {
    let HandOver { flow, provider } = hand_over;
    go(emulator, request, flow.clone(), &provider).unwrap_or_else(|refusal| {
        let now_ms = emulator.clock.now_ms();
        emulator.visit(&mut emulator.state(), request, now_ms, None, |visit| {
            flow.refuse(visit, &refusal.error, &refusal.description)
        })
    })
}

fn go(emulator: &Emulator, request: &HttpRequest, flow: Flow, name: &str) -> Result<HttpResponse, Refusal> {
    let gone = || Refusal::invalid_request(format!("Identity provider {name} does not exist."));
    let provider = emulator.state().pools.find(&flow.pool_id).and_then(|pool| pool.provider(name).cloned());
    let provider = provider.ok_or_else(gone)?;
    let base = endpoint(request);
    let endpoints = endpoints::find(emulator, &base, &provider)?;
    if !outbound::is_allowed(endpoints.page()) {
        return Err(Refusal::invalid_request(
            "The page of the IdP must have an https address, or http on this machine",
        ));
    }

    let now_ms = emulator.clock.now_ms();
    let mut state = emulator.state();
    let mut secret = || state.random.base64url::<32>();
    let (key, nonce, verifier, fresh) = (secret(), secret(), secret(), secret());
    // One cookie serves all tabs, so that a second sign-in does not spoil the first.
    let known = request.cookies(COOKIE).find(|value| is_cookie(value)).map(str::to_owned);
    let browser = known.unwrap_or(fresh);
    let address = match &endpoints {
        Endpoints::OAuth(oauth) => {
            let secrets = Secrets { state: &key, nonce: &nonce, verifier: &verifier };
            let forwarded = Forwarded { login_hint: flow.login_hint.as_deref(), prompts: &flow.prompts };
            authorize::address(&provider, oauth, &base, &secrets, &forwarded)
        }
        Endpoints::Saml(metadata) => {
            saml::address(metadata, &flow.pool_id, &base, &saml::request_id(&nonce), &key, now_ms)
        }
    };
    let cookie = format!("{COOKIE}={browser}; Path=/; Max-Age={COOKIE_S}; HttpOnly; SameSite=Lax");
    let provider_name = name.to_owned();
    let pending =
        Pending { flow, provider_name, endpoints, browser, base, nonce, verifier, posted: None, begun_ms: now_ms };
    state.federated.put(key, pending);
    Ok(HttpResponse::redirect(&address).with("Referrer-Policy", "no-referrer").with("Set-Cookie", cookie))
}

fn is_cookie(value: &str) -> bool {
    value.len() == COOKIE_LENGTH && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
