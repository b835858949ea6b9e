//! How a pool uses passkeys, as `SetUserPoolMfaConfig` takes it.

use serde::{Deserialize, Serialize};

use super::{Factor, PoolSettings, UserPool};
use crate::core::wire::error::{ServiceError, invalid};

/// `WebAuthnConfigurationType`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct WebAuthnConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    relying_party_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_verification: Option<UserVerification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor_configuration: Option<FactorConfiguration>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum UserVerification {
    Required,
    Preferred,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum FactorConfiguration {
    SingleFactor,
    MultiFactorWithUserVerification,
}

impl WebAuthnConfig {
    /// # Errors
    /// `InvalidParameterException` when the relying party is no host name.
    pub(super) fn check(&self) -> Result<(), ServiceError> {
        let is_label = |label: &str| {
            let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            !label.is_empty() && label.bytes().all(is_letter) && !label.starts_with('-') && !label.ends_with('-')
        };
        match &self.relying_party_id {
            Some(id) if !id.split('.').all(is_label) => Err(invalid(format!("RelyingPartyId {id} is not a domain"))),
            _ => Ok(()),
        }
    }

    /// Whether a passkey may count as two factors.
    pub(super) fn is_multi_factor(&self) -> bool {
        self.factor_configuration == Some(FactorConfiguration::MultiFactorWithUserVerification)
    }
}

impl PoolSettings {
    fn web_authn(&self) -> Option<&WebAuthnConfig> {
        self.web_authn_configuration.as_ref()
    }

    /// Whether passkeys are a first factor of the pool (`SignInPolicyType`).
    pub(crate) fn allows_passkeys(&self) -> bool {
        self.allows_first_factor(Factor::Passkey)
    }

    /// Whether authenticators must verify the user: where the pool says so, and where a passkey counts as two factors
    /// (`WebAuthnFactorConfigurationType`).
    pub(crate) fn requires_user_verification(&self) -> bool {
        let required = Some(UserVerification::Required);
        self.has_multi_factor_passkeys() || self.web_authn().is_some_and(|config| config.user_verification == required)
    }

    /// Whether a passkey may count as two factors.
    pub(crate) fn has_multi_factor_passkeys(&self) -> bool {
        self.web_authn().is_some_and(WebAuthnConfig::is_multi_factor)
    }
}

impl UserPool {
    /// The id of the relying party: the configured one or the pool's domain, which is this machine whatever its prefix
    /// (`WebAuthnConfigurationType`, "RelyingPartyId").
    pub(crate) fn relying_party_id(&self) -> Option<&str> {
        let configured = self.settings.web_authn().and_then(|config| config.relying_party_id.as_deref());
        configured.or_else(|| self.domain.as_ref().map(|_| "localhost"))
    }
}
