//! How a pool uses passkeys, as `SetUserPoolMfaConfig` takes it.

use serde::{Deserialize, Serialize};

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

    pub(super) fn relying_party_id(&self) -> Option<&str> {
        self.relying_party_id.as_deref()
    }

    /// Whether authenticators must verify the user.
    pub(super) fn requires_user_verification(&self) -> bool {
        self.is_multi_factor() || self.user_verification == Some(UserVerification::Required)
    }

    /// Whether a passkey may count as two factors.
    pub(super) fn is_multi_factor(&self) -> bool {
        self.factor_configuration == Some(FactorConfiguration::MultiFactorWithUserVerification)
    }
}
