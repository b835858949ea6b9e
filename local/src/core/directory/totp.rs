//! A user's authenticator app: the software token that is set up, and the one that is being set up.

use serde::{Deserialize, Serialize};

use crate::core::totp::{TotpSecret, code_and_seconds, step_at};
use crate::core::wire::error::ServiceError;

/// The software tokens of one user; none at first.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Totp {
    token: Option<Token>,
    /// Handed out, but no code of it has come back yet.
    pending: Option<TotpSecret>,
}

/// A token that has proven to be in somebody's app.
#[derive(Clone, Deserialize, Serialize)]
struct Token {
    secret: TotpSecret,
    device_name: Option<String>,
    /// The steps whose codes were accepted, as far as they could be given again.
    used: Vec<u64>,
    /// Whether it comes from the configuration.
    configured: bool,
}

impl Totp {
    /// A token of the configuration.
    pub(crate) fn configured(secret: TotpSecret) -> Self {
        let token = Token { secret, device_name: None, used: Vec::new(), configured: true };
        Self { token: Some(token), pending: None }
    }

    /// Begins to set up another token. The one that there is stays good until the other is proven.
    pub(crate) fn start(&mut self, secret: TotpSecret) {
        self.pending = Some(secret);
    }

    /// Puts the token that was begun in place, when this is a code of it.
    ///
    /// # Errors
    /// `SoftwareTokenMFANotFoundException` when none was begun, `EnableSoftwareTokenMFAException` for a wrong code.
    pub(crate) fn finish(&mut self, code: &str, device_name: Option<String>, now_ms: u64) -> Result<(), ServiceError> {
        let secret = self.pending.clone().ok_or_else(no_token)?;
        let mut token = Token { secret, device_name, used: Vec::new(), configured: false };
        token
            .accept(code, now_ms)
            .map_err(|_| ServiceError::new("EnableSoftwareTokenMFAException", "Code mismatch"))?;
        (self.token, self.pending) = (Some(token), None);
        Ok(())
    }

    /// Checks a code at sign-in. A code is accepted once, and for one step before and after its own.
    ///
    /// # Errors
    /// `CodeMismatchException`, `ExpiredCodeException` for a code that was used, `SoftwareTokenMFANotFoundException` without a token.
    pub(crate) fn check(&mut self, code: &str, now_ms: u64) -> Result<(), ServiceError> {
        self.token.as_mut().ok_or_else(no_token)?.accept(code, now_ms)
    }

    /// The code to type now and the seconds until the app shows another: the current one or, once that is used, the next one.
    pub(crate) fn current(&self, now_ms: u64) -> Option<(String, u64)> {
        let token = self.token.as_ref()?;
        let now = step_at(now_ms);
        let step = if token.used.contains(&now) { now + 1 } else { now };
        Some(code_and_seconds(&token.secret, step, now_ms))
    }

    /// The secret in base32, if it comes from the configuration.
    pub(crate) fn configured_secret(&self) -> Option<String> {
        self.token.as_ref().filter(|token| token.configured).map(|token| token.secret.base32())
    }

    pub(crate) fn is_set_up(&self) -> bool {
        self.token.is_some()
    }

    /// What the user called the device.
    pub(crate) fn device_name(&self) -> Option<&str> {
        self.token.as_ref()?.device_name.as_deref()
    }
}

impl Token {
    fn accept(&mut self, code: &str, now_ms: u64) -> Result<(), ServiceError> {
        let now = step_at(now_ms);
        let window = now.saturating_sub(1)..=now.saturating_add(1);
        self.used.retain(|step| window.contains(step));
        let matching: Vec<u64> = window.filter(|step| self.secret.code(*step) == code).collect();
        match matching.iter().find(|step| !self.used.contains(step)) {
            Some(step) => {
                self.used.push(*step);
                Ok(())
            }
            None if matching.is_empty() => {
                Err(ServiceError::new("CodeMismatchException", "Invalid code received for user"))
            }
            None => Err(ServiceError::new("ExpiredCodeException", "Your software token has already been used once.")),
        }
    }
}

fn no_token() -> ServiceError {
    ServiceError::new("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW_MS: u64 = 1_762_419_903_000;
    const STEP_MS: u64 = 30_000;

    fn totp() -> (TotpSecret, Totp) {
        let secret = TotpSecret::new([7; 32]);
        (secret.clone(), Totp::configured(secret))
    }

    proptest! {
        /// Each step within reach is accepted once, in whatever order the codes come.
        #[test]
        fn a_code_is_accepted_once_and_near_its_step(attempts in prop::collection::vec((-3_i64..=3, 0_u64..90_000), 1..30)) {
            let (secret, mut totp) = totp();
            let mut now_ms = NOW_MS;
            let mut used = Vec::new();
            for (distance, wait_ms) in attempts {
                now_ms += wait_ms;
                let step = step_at(now_ms).saturating_add_signed(distance);
                let good = distance.abs() <= 1 && !used.contains(&step);
                prop_assert_eq!(totp.check(&secret.code(step), now_ms).is_ok(), good);
                if good {
                    used.push(step);
                }
            }
        }

        #[test]
        fn the_code_to_type_now_is_accepted_twice_in_a_step(now_ms in 0_u64..4_000_000_000_000) {
            let (_, mut totp) = totp();
            for latest in [30, 60] {
                let (code, seconds) = totp.current(now_ms).unwrap();
                prop_assert!(seconds > latest - 30 && seconds <= latest);
                prop_assert!(totp.check(&code, now_ms).is_ok());
            }
        }
    }

    #[test]
    fn another_token_takes_over_only_when_proven() {
        let (old, mut totp) = totp();
        let new = TotpSecret::new([8; 32]);
        totp.start(new.clone());
        assert_eq!(totp.finish("000000", None, NOW_MS).unwrap_err().kind, "EnableSoftwareTokenMFAException");
        totp.check(&old.code(step_at(NOW_MS)), NOW_MS).unwrap();
        totp.finish(&new.code(step_at(NOW_MS)), Some("phone".into()), NOW_MS).unwrap();
        assert_eq!((totp.device_name(), totp.configured_secret()), (Some("phone"), None));
        let later = NOW_MS + STEP_MS;
        assert_eq!(totp.check(&old.code(step_at(later)), later).unwrap_err().kind, "CodeMismatchException");
        assert_eq!(totp.check(&new.code(step_at(NOW_MS)), later).unwrap_err().kind, "ExpiredCodeException");
        totp.check(&new.code(step_at(later)), later).unwrap();
    }
}
