//! Whether a pool asks for a second factor, and for which, as `SetUserPoolMfaConfig` takes it.

use serde::{Deserialize, Serialize};

use super::kept_settings::SmsConfiguration;
use super::web_authn_config::WebAuthnConfig;

/// `UserPoolMfaType`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum MfaMode {
    #[default]
    Off,
    On,
    Optional,
}

/// `SetUserPoolMfaConfigRequest`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaConfig {
    /// An absent mode means OFF.
    #[serde(default)]
    pub(super) mfa_configuration: MfaMode,
    pub(super) software_token_mfa_configuration: Option<SoftwareTokenConfig>,
    pub(super) sms_mfa_configuration: Option<SmsConfig>,
    pub(super) email_mfa_configuration: Option<EmailConfig>,
    /// What is absent stays as it is.
    pub(super) web_authn_configuration: Option<WebAuthnConfig>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SoftwareTokenConfig {
    #[serde(default)]
    pub(super) enabled: bool,
}

/// `SmsMfaConfigType`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SmsConfig {
    pub(super) sms_authentication_message: Option<String>,
    /// `SmsConfigurationType`: kept and shown, as there is nothing to send with.
    pub(super) sms_configuration: Option<SmsConfiguration>,
}

/// `EmailMfaConfigType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct EmailConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<String>,
}

/// The factors of a pool beside SMS, which it has as soon as it has a configuration for SMS.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct MfaFactors {
    pub(super) software_token: bool,
    pub(super) email: Option<EmailConfig>,
}
