//! What `SetUserMFAPreference` and `AdminSetUserMFAPreference` set.

use serde::Deserialize;

use crate::core::directory::{MfaFactor, MfaPreference, UserPool};
use crate::core::wire::error::{ServiceError, user_not_found};

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
    /// As [`UserPool::preferred_mfa`], and for passkeys without another factor; nothing has changed then.
    pub(super) fn apply(&self, pool: &mut UserPool, username: &str, now_ms: u64) -> Result<(), ServiceError> {
        let given = [
            (MfaFactor::Sms, self.sms_mfa_settings),
            (MfaFactor::SoftwareToken, self.software_token_mfa_settings),
            (MfaFactor::Email, self.email_mfa_settings),
        ];
        let mfa = pool.preferred_mfa(username, given)?;
        let passkeys = self.web_authn_mfa_settings.as_ref().and_then(|settings| settings.enabled);
        if passkeys == Some(true) {
            pool.settings.check_multi_factor_passkeys(mfa.any_enabled())?;
        }
        let user = pool.find_mut(username).ok_or_else(user_not_found)?;
        user.passkeys.multi_factor = passkeys.unwrap_or(user.passkeys.multi_factor);
        (user.mfa, user.modified_ms) = (mfa, now_ms);
        Ok(())
    }
}
