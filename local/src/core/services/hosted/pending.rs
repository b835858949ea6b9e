//! Sign-ins that are under way at a provider.

use std::collections::HashMap;

use super::flow::Flow;
use crate::core::services::federation::Endpoints;
use crate::core::wire::form::Form;

/// How long a person may take ("An abandoned federated sign-in is cancelled after 5 minutes").
const LIFETIME_MS: u64 = 5 * 60 * 1000;

/// One sign-in under way.
#[derive(Clone)]
pub(crate) struct Pending {
    /// What the app asked for.
    pub(super) flow: Flow,
    pub(super) provider_name: String,
    pub(super) endpoints: Endpoints,
    /// The cookie of the browser that began.
    pub(super) browser: String,
    /// The emulator's own address, as that browser calls it.
    pub(super) base: String,
    pub(super) nonce: String,
    /// PKCE.
    pub(super) verifier: String,
    /// An answer that came by a POST of another site, which browsers send without cookies.
    pub(super) posted: Option<Form>,
    pub(super) begun_ms: u64,
}

/// All sign-ins under way, by `state`.
#[derive(Clone, Default)]
pub(crate) struct PendingSignIns(HashMap<String, Pending>);

impl PendingSignIns {
    pub(super) fn put(&mut self, state: String, pending: Pending) {
        let now_ms = pending.begun_ms;
        self.0.retain(|_, other| other.is_alive(now_ms));
        self.0.insert(state, pending);
    }

    /// Takes a sign-in: it can't be finished twice, nor late, nor in another browser.
    pub(super) fn take(&mut self, state: &str, browser: &str, now_ms: u64) -> Option<Pending> {
        self.0.get(state).filter(|pending| pending.browser == browser)?;
        self.0.remove(state).filter(|pending| pending.is_alive(now_ms))
    }

    /// Keeps an answer until the browser comes with its cookie. The first one counts.
    pub(super) fn keep(&mut self, state: &str, answer: Form) -> bool {
        let pending = self.0.get_mut(state).filter(|pending| pending.posted.is_none());
        pending.map(|pending| pending.posted = Some(answer)).is_some()
    }
}

impl Pending {
    fn is_alive(&self, now_ms: u64) -> bool {
        now_ms < self.begun_ms.saturating_add(LIFETIME_MS)
    }
}
