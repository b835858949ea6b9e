//! What `SetUserMFAPreference` and `AdminSetUserMFAPreference` set.

use serde::Deserialize;

use crate::core::directory::{MfaPreference, User, no_delivery};
use crate::core::wire::error::{ServiceError, unsupported};

/// The members that both operations share. Factors that are not here can only be turned off, which they are.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Preferences {
    software_token_mfa_settings: Option<MfaPreference>,
    #[serde(rename = "SMSMfaSettings")]
    sms_mfa_settings: Option<MfaPreference>,
    email_mfa_settings: Option<MfaPreference>,
    web_authn_mfa_settings: Option<WebAuthn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WebAuthn {
    enabled: Option<bool>,
}

impl Preferences {
    /// # Errors
    /// `InvalidParameterException`; nothing has changed then.
    pub(crate) fn apply(&self, user: &mut User, now_ms: u64) -> Result<(), ServiceError> {
        if self.sms_mfa_settings.is_some_and(MfaPreference::turns_on) {
            return Err(no_delivery("SMS_MFA"));
        }
        if self.email_mfa_settings.is_some_and(MfaPreference::turns_on) {
            return Err(no_delivery("EMAIL_OTP"));
        }
        if self.web_authn_mfa_settings.as_ref().is_some_and(|settings| settings.enabled == Some(true)) {
            return Err(unsupported("passkeys as a second factor yet"));
        }
        if let Some(preference) = self.software_token_mfa_settings {
            user.totp.prefer(preference)?;
            user.modified_ms = now_ms;
        }
        Ok(())
    }
}
