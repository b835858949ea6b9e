//! Sign-ins that are under way at a provider.

use std::collections::HashMap;

use super::endpoints::Endpoints;

/// How long a person may take ("An abandoned federated sign-in is cancelled after 5 minutes").
const LIFETIME_MS: u64 = 5 * 60 * 1000;

/// One sign-in under way. `Request` is what the app asked for.
pub(crate) struct Pending<Request> {
    pub(super) request: Request,
    pub(super) pool_id: String,
    pub(super) client_id: String,
    pub(super) provider_name: String,
    pub(super) endpoints: Endpoints,
    /// The value of the cookie in the browser that began.
    pub(super) browser: String,
    /// The emulator's own address, as that browser calls it.
    pub(super) base: String,
    /// `nonce` of OpenID Connect; the request's ID in SAML.
    pub(super) nonce: String,
    /// PKCE.
    pub(super) verifier: String,
    pub(super) begun_ms: u64,
}

/// All sign-ins under way, by `state`.
pub(crate) struct PendingSignIns<Request>(HashMap<String, Pending<Request>>);

impl<Request> Default for PendingSignIns<Request> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<Request> PendingSignIns<Request> {
    pub(super) fn put(&mut self, state: String, flow: Pending<Request>) {
        let now_ms = flow.begun_ms;
        self.0.retain(|_, other| now_ms < other.begun_ms.saturating_add(LIFETIME_MS));
        self.0.insert(state, flow);
    }

    /// Takes a sign-in: it can't be finished twice, nor late, nor in another browser.
    pub(super) fn take(&mut self, state: &str, browser: &str, now_ms: u64) -> Option<Pending<Request>> {
        let flow = self.0.get(state)?;
        if flow.browser != browser {
            return None;
        }
        self.0.remove(state).filter(|flow| now_ms < flow.begun_ms.saturating_add(LIFETIME_MS))
    }
}
