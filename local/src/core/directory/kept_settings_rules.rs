//! The rules of a pool about what `kept_settings` holds.

use super::PoolSettings;
use super::kept_settings::{DcrConfiguration, IssuerConfiguration};
use crate::core::wire::error::{ServiceError, invalid, unsupported};

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
