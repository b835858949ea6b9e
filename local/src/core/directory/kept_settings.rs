//! Settings of a pool that nothing here acts on. They are kept and given back, unless one of their values would have an effect.

use serde::{Deserialize, Serialize};

use super::PoolSettings;
use crate::core::wire::error::{ServiceError, invalid, unsupported};

/// `IssuerConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct IssuerConfiguration {
    #[serde(rename = "Type")]
    kind: Option<String>,
}

/// `DcrConfigurationType`: dynamic client registration.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DcrConfiguration {
    /// "If you provide a dynamic client registration configuration without this value, Amazon Cognito turns [it] on."
    enable_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_dcr_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticated_grant_types: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_dcr_grant_types: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_scopes: Option<Vec<String>>,
}

/// `SmsConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SmsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    sns_caller_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sns_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eums_sms: Option<serde_json::Value>,
}

impl PoolSettings {
    /// Refuses what would have an effect that is not emulated, and contradictions.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(super) fn check_kept(&self) -> Result<(), ServiceError> {
        let updated = |issuer: &IssuerConfiguration| issuer.kind.as_deref() == Some("UPDATED");
        if self.issuer_configuration.as_ref().is_some_and(updated) {
            return Err(unsupported("IssuerConfiguration UPDATED"));
        }
        let on = |dcr: &DcrConfiguration| dcr.enable_status.as_deref() != Some("Disabled");
        if self.dcr_configuration.as_ref().is_some_and(on) {
            return Err(unsupported("dynamic client registration: DcrConfiguration needs EnableStatus = Disabled"));
        }
        let Some(sms) = &self.sms_configuration else { return Ok(()) };
        match (&sms.sns_caller_arn, &sms.eums_sms) {
            (Some(_), Some(_)) => Err(invalid("Provide either SnsCallerArn or EumsSms in SmsConfiguration, not both.")),
            (None, None) => Err(invalid("SmsConfiguration needs SnsCallerArn or EumsSms.")),
            _ => Ok(()),
        }
    }

    /// Makes `UnusedAccountValidityDays` and `TemporaryPasswordValidityDays`, its newer name, one. The text is reported by users
    /// (crossplane-contrib/provider-aws#1533).
    ///
    /// # Errors
    /// `InvalidParameterException` where the two differ.
    pub(super) fn agree_on_validity(&mut self) -> Result<(), ServiceError> {
        let older = self.admin_create_user_config.unused_account_validity_days.filter(|days| *days > 0);
        let days = self.policies.password_policy.agreed_validity(older).ok_or_else(|| {
            invalid("Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays")
        })?;
        self.admin_create_user_config.unused_account_validity_days = Some(days);
        Ok(())
    }
}
