//! App clients.

use serde::{Deserialize, Serialize};

use super::client_secret::ClientSecret;
use super::client_settings::{ClientSettings, Existence, Feature};

/// An app client of a user pool.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct AppClient {
    pub(crate) id: String,
    pub(crate) settings: ClientSettings,
    /// Of a confidential client, the oldest first.
    pub(super) secrets: Vec<ClientSecret>,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
}

impl AppClient {
    /// A client, whose secret is in the settings.
    pub(crate) fn new(id: String, mut settings: ClientSettings, now_ms: u64) -> Self {
        let secret = settings.client_secret.take();
        let secrets = secret.map(|value| ClientSecret::new(&id, value, now_ms)).into_iter().collect();
        Self { id, settings, secrets, created_ms: now_ms, modified_ms: now_ms }
    }

    /// Whether `ExplicitAuthFlows` allows a flow, by its name in `AuthFlow`.
    pub(crate) fn allows(&self, flow: &str) -> bool {
        self.settings.allows_flow(flow)
    }

    pub(crate) fn hides_unknown_users(&self) -> bool {
        self.settings.prevent_user_existence_errors == Existence::Enabled
    }

    pub(crate) fn revocation(&self) -> bool {
        self.settings.enable_token_revocation.unwrap_or(true)
    }

    /// The grace period in milliseconds when refresh tokens rotate.
    pub(crate) fn rotation_grace_ms(&self) -> Option<u64> {
        let rotation = self.settings.refresh_token_rotation.as_ref()?;
        (rotation.feature == Feature::Enabled).then_some(rotation.retry_grace_period_seconds * 1000)
    }

    pub(crate) fn access_token_seconds(&self) -> u64 {
        let unit = self.settings.token_validity_units.access_token;
        self.settings.access_token_validity.map_or(3600, |count| unit.seconds(count))
    }

    pub(crate) fn id_token_seconds(&self) -> u64 {
        let unit = self.settings.token_validity_units.id_token;
        self.settings.id_token_validity.map_or(3600, |count| unit.seconds(count))
    }

    pub(crate) fn refresh_token_ms(&self) -> u64 {
        self.settings
            .token_validity_units
            .refresh_token
            .seconds(self.settings.refresh_token_validity)
            .saturating_mul(1000)
    }

    pub(crate) fn session_ms(&self) -> u64 {
        self.settings.auth_session_validity.unwrap_or(3) * 60_000
    }
}
