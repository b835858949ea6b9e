//! Sessions that a pool tracks, for users and administrators to see and to end (Developer Guide, "Managing user sessions").

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::expiring::Expiring;

pub(super) const MINUTE_MS: u64 = 60_000;
/// "The default is 60" (`ClientSSOSessionConfigType`).
pub(super) const SSO_MINUTES: u64 = 60;

/// `SetUserPoolSessionConfigurationRequest`, and the minutes of each client.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct SessionTracking {
    pub(crate) enabled: bool,
    pub(crate) most_per_user: usize,
    pub(super) sso_minutes: OrdMap<String, u64>,
}

impl Default for SessionTracking {
    /// "UserSessionTracking as DISABLED and a MaxPerUser value of 20" (GetUserPoolSessionConfiguration).
    fn default() -> Self {
        Self { enabled: false, most_per_user: 20, sso_minutes: OrdMap::new() }
    }
}

impl SessionTracking {
    /// For how many minutes a client uses an SSO session again.
    pub(crate) fn sso_minutes(&self, client_id: &str) -> u64 {
        self.sso_minutes.get(client_id).copied().unwrap_or(SSO_MINUTES)
    }

    pub(crate) fn set_sso_minutes(&mut self, client_id: &str, minutes: u64) {
        self.sso_minutes.insert(client_id.to_owned(), minutes);
    }

    /// For how long a client silently signs the user of a browser in again. What is configured is "dormant" while tracking is off.
    pub(crate) fn reuse_ms(&self, client_id: &str) -> u64 {
        if self.enabled { self.sso_minutes(client_id) * MINUTE_MS } else { SSO_MINUTES * MINUTE_MS }
    }

    /// For how long any client may do so.
    pub(crate) fn longest_reuse_ms(&self) -> u64 {
        let longest = self.sso_minutes.values().copied().filter(|_| self.enabled).max();
        longest.unwrap_or_default().max(SSO_MINUTES) * MINUTE_MS
    }
}

/// An app's session: the life of a refresh token.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct TokenSession {
    pub(super) id: String,
    pub(super) created_ms: u64,
    pub(super) active_ms: u64,
    /// The SSO session that it came through.
    pub(super) sso: Option<String>,
}

impl TokenSession {
    pub(super) fn touch(&mut self, now_ms: u64) {
        self.active_ms = now_ms;
    }
}

/// A browser's session at the hosted UI.
#[derive(Clone, Deserialize, Serialize)]
pub(super) struct SsoSession {
    pub(super) username: String,
    pub(super) client_id: String,
    pub(super) created_ms: u64,
    pub(super) active_ms: u64,
    pub(super) expires_ms: u64,
}

/// The SSO sessions of one pool, by their ids.
pub(super) type SsoSessions = Expiring<SsoSession>;
