//! What `SetUserMFAPreference` and `AdminSetUserMFAPreference` set.

use serde::Deserialize;

use crate::core::directory::{MfaFactor, MfaPreference, UserPool};
use crate::core::wire::error::{ServiceError, unsupported};

/// The members that both operations share.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Preferences {
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
    /// As [`UserPool::prefer_mfa`].
    pub(super) fn apply(&self, pool: &mut UserPool, username: &str, now_ms: u64) -> Result<(), ServiceError> {
        if self.web_authn_mfa_settings.as_ref().is_some_and(|settings| settings.enabled == Some(true)) {
            return Err(unsupported("passkeys as a second factor yet"));
        }
        let given = [
            (MfaFactor::Sms, self.sms_mfa_settings),
            (MfaFactor::SoftwareToken, self.software_token_mfa_settings),
            (MfaFactor::Email, self.email_mfa_settings),
        ];
        pool.prefer_mfa(username, given, now_ms)
    }
}
