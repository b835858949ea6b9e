//! What `SetUserMFAPreference` and `AdminSetUserMFAPreference` set.

use serde::Deserialize;

use crate::core::directory::{MfaPreference, UserPool, no_delivery};
use crate::core::wire::error::{ServiceError, user_not_found};

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
    pub(crate) fn apply(&self, pool: &mut UserPool, username: &str, now_ms: u64) -> Result<(), ServiceError> {
        if self.sms_mfa_settings.is_some_and(MfaPreference::turns_on) {
            return Err(no_delivery("SMS_MFA"));
        }
        if self.email_mfa_settings.is_some_and(MfaPreference::turns_on) {
            return Err(no_delivery("EMAIL_OTP"));
        }
        let mut totp = pool.find(username).ok_or_else(user_not_found)?.totp.clone();
        if let Some(preference) = self.software_token_mfa_settings {
            totp.prefer(preference)?;
        }
        let passkeys = self.web_authn_mfa_settings.as_ref().and_then(|settings| settings.enabled);
        if passkeys == Some(true) {
            pool.settings.check_multi_factor_passkeys(totp.is_enabled())?;
        }
        let user = pool.find_mut(username).ok_or_else(user_not_found)?;
        user.passkeys.multi_factor = passkeys.unwrap_or(user.passkeys.multi_factor);
        user.totp = totp;
        user.modified_ms = now_ms;
        Ok(())
    }
}
