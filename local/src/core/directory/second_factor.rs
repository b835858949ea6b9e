//! Asking for, checking and setting up the second factor.

use super::mfa_config::MfaMode;
use super::{PoolSettings, User, UserPool};
use crate::core::totp::TotpSecret;
use crate::core::wire::error::{ServiceError, user_not_found};

/// What stands between a confirmed user's password and the tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SecondFactor {
    None,
    TotpCode,
    TotpSetUp,
}

impl PoolSettings {
    /// What a user is asked for after the password.
    pub(crate) fn second_factor(&self, user: &User) -> SecondFactor {
        match self.mfa_configuration {
            MfaMode::On if user.totp.is_set_up() => SecondFactor::TotpCode,
            MfaMode::On => SecondFactor::TotpSetUp,
            MfaMode::Optional if user.totp.is_enabled() => SecondFactor::TotpCode,
            MfaMode::Optional | MfaMode::Off => SecondFactor::None,
        }
    }
}

impl UserPool {
    /// Checks a code of the user's authenticator app. A right one is used up.
    ///
    /// # Errors
    /// As [`super::Totp::check`].
    pub(crate) fn check_totp(&mut self, username: &str, code: &str, now_ms: u64) -> Result<(), ServiceError> {
        self.find_mut(username).ok_or_else(user_not_found)?.totp.check(code, now_ms)
    }

    /// Begins to set up an authenticator app: the secret in base32. It does nothing until [`Self::finish_totp`].
    ///
    /// # Errors
    /// `SoftwareTokenMFANotFoundException` when the pool does not offer it.
    pub(crate) fn start_totp(&mut self, username: &str, secret: [u8; 32]) -> Result<String, ServiceError> {
        self.offers_totp()?;
        let secret = TotpSecret::new(secret);
        let shown = secret.base32();
        self.find_mut(username).ok_or_else(user_not_found)?.totp.start(secret);
        Ok(shown)
    }

    /// Ends setting up an authenticator app by a code of it. Where the pool requires one, it is asked for from now on.
    ///
    /// # Errors
    /// As [`super::Totp::finish`] and [`Self::start_totp`].
    pub(crate) fn finish_totp(
        &mut self,
        username: &str,
        code: &str,
        device_name: Option<String>,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        self.offers_totp()?;
        let required = self.settings.requires_totp();
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        user.totp.finish(code, device_name, now_ms)?;
        if required {
            user.totp.enable();
        }
        Ok(())
    }

    fn offers_totp(&self) -> Result<(), ServiceError> {
        let text = "Software Token MFA has not been enabled by the userPool";
        let refusal = || ServiceError::new("SoftwareTokenMFANotFoundException", text);
        self.settings.offers_totp().then_some(()).ok_or_else(refusal)
    }
}
