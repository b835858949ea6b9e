//! Whether a pool asks for a second factor, as `SetUserPoolMfaConfig` takes it. The only factor here is the software token.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::PoolSettings;
use crate::core::wire::error::{ServiceError, invalid, unsupported};

/// `UserPoolMfaType`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum MfaMode {
    #[default]
    Off,
    On,
    Optional,
}

/// `SetUserPoolMfaConfigRequest`, the members that are supported.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaConfig {
    /// An absent mode means OFF.
    #[serde(default)]
    mfa_configuration: MfaMode,
    software_token_mfa_configuration: Option<SoftwareTokenConfig>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SoftwareTokenConfig {
    #[serde(default)]
    enabled: bool,
}

impl PoolSettings {
    /// Puts another configuration in place of the one that there was.
    ///
    /// # Errors
    /// `InvalidParameterException` when mode and factors contradict each other.
    pub(crate) fn set_mfa(&mut self, config: &MfaConfig) -> Result<(), ServiceError> {
        let enabled = config.software_token_mfa_configuration.as_ref().map(|factor| factor.enabled);
        match (config.mfa_configuration, enabled) {
            (MfaMode::Off, None) | (MfaMode::On | MfaMode::Optional, Some(true)) => {}
            (MfaMode::Off, Some(_)) => {
                return Err(invalid(
                    "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
                ));
            }
            (_, None) => {
                return Err(invalid(
                    "Invalid MFA configuration given, SMS MFA, Email MFA, or Software Token MFA must be enabled.",
                ));
            }
            (_, Some(false)) => {
                return Err(unsupported(
                    "MFA without the software token: SoftwareTokenMfaConfiguration needs Enabled = true",
                ));
            }
        }
        self.mfa_configuration = config.mfa_configuration;
        Ok(())
    }

    /// `GetUserPoolMfaConfigResponse`: AWS shows only what is configured.
    pub(crate) fn mfa_config(&self) -> Value {
        let mut shown = json!({ "MfaConfiguration": self.mfa_configuration });
        if self.offers_totp() {
            shown["SoftwareTokenMfaConfiguration"] = json!({ "Enabled": true });
        }
        shown
    }

    /// Whether users may have a software token.
    pub(crate) fn offers_totp(&self) -> bool {
        self.mfa_configuration != MfaMode::Off
    }

    /// Whether users must have a software token.
    pub(crate) fn requires_totp(&self) -> bool {
        self.mfa_configuration == MfaMode::On
    }
}
