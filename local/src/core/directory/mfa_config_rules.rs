//! The rules of a pool about what `mfa_config` holds.

use serde_json::{Value, json};

use super::mfa_config::{MfaConfig, MfaFactors, MfaMode};
use super::web_authn_config::WebAuthnConfig;
use super::{MfaFactor, PoolSettings};
use crate::core::wire::error::{ServiceError, invalid, unavailable_in_tier};

impl PoolSettings {
    /// Puts another configuration in place of the one that there was. A configuration for SMS stays: "An active SMS configuration
    /// automatically makes SMS messages an available MFA method" (Developer Guide, "Adding MFA to a user pool").
    ///
    /// # Errors
    /// `InvalidParameterException` when mode and factors contradict each other or the rest of the pool,
    /// `FeatureUnavailableInTierException`.
    pub(crate) fn set_mfa(&mut self, config: MfaConfig) -> Result<(), ServiceError> {
        let mode = config.mfa_configuration;
        let totp = config.software_token_mfa_configuration.map(|factor| factor.enabled);
        let (sms, email) = (config.sms_mfa_configuration, config.email_mfa_configuration);
        if mode == MfaMode::Off && (totp.is_some() || sms.is_some() || email.is_some()) {
            return Err(invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together."));
        }
        let has_sms = self.sms_configuration.is_some();
        if mode != MfaMode::Off && totp != Some(true) && sms.is_none() && email.is_none() && !has_sms {
            return Err(invalid(
                "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.",
            ));
        }
        if sms.as_ref().is_some_and(|sms| sms.sms_configuration.is_none() && !has_sms) {
            return Err(invalid("SmsMfaConfiguration needs an SmsConfiguration in the request or in the user pool"));
        }
        if email.is_some() {
            self.check_email_mfa()?;
        }
        self.check_first_factors(mode)?;
        let web_authn = config.web_authn_configuration.as_ref().or(self.web_authn_configuration.as_ref());
        if let Some(web_authn) = web_authn {
            web_authn.check()?;
        }
        let counts_twice = web_authn.is_some_and(WebAuthnConfig::is_multi_factor);
        if mode == MfaMode::On && self.allows_passkeys() && !counts_twice {
            return Err(invalid(
                "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor",
            ));
        }
        let web_authn = web_authn.cloned();
        if let Some(sms) = sms {
            self.sms_configuration = sms.sms_configuration.or(self.sms_configuration.take());
            self.sms_authentication_message = sms.sms_authentication_message;
        }
        self.web_authn_configuration = web_authn;
        self.mfa_configuration = mode;
        self.mfa_factors = MfaFactors { software_token: totp == Some(true), email };
        Ok(())
    }

    /// "An active email configuration with your own Amazon SES resources in a user pool, and the Essentials or Plus feature plan"
    /// (Developer Guide, "Adding MFA to a user pool").
    pub(super) fn check_email_mfa(&self) -> Result<(), ServiceError> {
        if self.is_lite() {
            return Err(unavailable_in_tier("EmailMfaConfiguration"));
        }
        match self.email_configuration.get("EmailSendingAccount").and_then(Value::as_str) {
            Some("DEVELOPER") => Ok(()),
            _ => {
                Err(invalid("EmailMfaConfiguration needs an EmailConfiguration with the EmailSendingAccount DEVELOPER"))
            }
        }
    }

    /// `GetUserPoolMfaConfigResponse`: AWS shows only what is configured.
    pub(crate) fn mfa_config(&self) -> Value {
        let mut shown = json!({ "MfaConfiguration": self.mfa_configuration });
        if let Some(config) = &self.web_authn_configuration {
            shown["WebAuthnConfiguration"] = json!(config);
        }
        if self.mfa_configuration == MfaMode::Off {
            return shown;
        }
        if self.mfa_factors.software_token {
            shown["SoftwareTokenMfaConfiguration"] = json!({ "Enabled": true });
        }
        if let Some(sms) = &self.sms_configuration {
            shown["SmsMfaConfiguration"] = json!({ "SmsConfiguration": sms });
            if let Some(message) = &self.sms_authentication_message {
                shown["SmsMfaConfiguration"]["SmsAuthenticationMessage"] = json!(message);
            }
        }
        if let Some(email) = &self.mfa_factors.email {
            shown["EmailMfaConfiguration"] = json!(email);
        }
        shown
    }

    /// Whether users may be asked for a factor.
    pub(crate) fn offers_mfa(&self, factor: MfaFactor) -> bool {
        let configured = match factor {
            MfaFactor::Sms => self.sms_configuration.is_some(),
            MfaFactor::SoftwareToken => self.mfa_factors.software_token,
            MfaFactor::Email => self.mfa_factors.email.is_some(),
        };
        configured && self.mfa_configuration != MfaMode::Off
    }

    /// Whether users must have a second factor.
    pub(crate) fn requires_mfa(&self) -> bool {
        self.mfa_configuration == MfaMode::On
    }

    /// Subject and text of a mail with a code for signing in (`EmailMfaConfigType`: "for MFA and sign-in with email OTPs").
    pub(crate) fn authentication_mail(&self, default: &str, code: &str) -> (String, String) {
        let template = self.mfa_factors.email.as_ref();
        let subject = template.and_then(|template| template.subject.as_deref());
        let text = template.and_then(|template| template.message.as_deref());
        (subject.unwrap_or("Your authentication code").into(), text.unwrap_or(default).replace("{####}", code))
    }

    /// Text of an SMS with a code for signing in.
    pub(crate) fn authentication_sms(&self, default: &str, code: &str) -> String {
        self.sms_authentication_message.as_deref().unwrap_or(default).replace("{####}", code)
    }
}
