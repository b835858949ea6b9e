//! The rules of a pool about what `second_factor` holds.

use super::mfa_config::MfaMode;
use super::second_factor::SecondFactor;
use super::{Attempt, MfaFactor, PoolSettings, SentCode, User, UserPool};
use crate::core::totp::TotpSecret;
use crate::core::wire::error::{ServiceError, alias_exists, not_authorized, user_not_found};

impl PoolSettings {
    /// What a user is asked for after the password (Developer Guide, "Adding MFA to a user pool", "Details of MFA logic at user
    /// runtime").
    ///
    /// # Errors
    /// `MFAMethodNotFoundException` where MFA is required and nothing can be asked for.
    pub(crate) fn second_factor(&self, user: &User) -> Result<SecondFactor, ServiceError> {
        let usable = |factor: &MfaFactor| self.offers_mfa(*factor) && factor.is_set_up(user);
        let wanted = |factor: &MfaFactor| user.mfa.is_enabled(*factor) && usable(factor);
        if self.mfa_configuration == MfaMode::Off {
            return Ok(SecondFactor::None);
        }
        if let Some(preferred) = user.mfa.preferred().filter(wanted) {
            return Ok(SecondFactor::Ask(preferred));
        }
        let required = self.requires_mfa();
        let choices: Vec<MfaFactor> = if required {
            MfaFactor::ALL.into_iter().filter(usable).filter(|factor| !self.recovers_by(*factor)).collect()
        } else {
            MfaFactor::ALL.into_iter().filter(wanted).collect()
        };
        Ok(match choices[..] {
            [] if required => SecondFactor::SetUp(self.mfa_to_set_up(user)?),
            [] => SecondFactor::None,
            [only] => SecondFactor::Ask(only),
            _ => SecondFactor::Select(choices),
        })
    }

    /// What a user without a usable factor can set up. Beside the app that is an address, for users who have none at all.
    pub(super) fn mfa_to_set_up(&self, user: &User) -> Result<Vec<MfaFactor>, ServiceError> {
        let has_address = MfaFactor::Email.is_set_up(user) || MfaFactor::Sms.is_set_up(user);
        let possible = |factor: &MfaFactor| match factor {
            MfaFactor::SoftwareToken => true,
            factor => !has_address && !self.recovers_by(*factor),
        };
        let choices: Vec<MfaFactor> =
            MfaFactor::ALL.into_iter().filter(|factor| self.offers_mfa(*factor) && possible(factor)).collect();
        let text = "MFA is required, and the user can neither be asked for a factor nor set one up";
        let none = || ServiceError::new("MFAMethodNotFoundException", text);
        (!choices.is_empty()).then_some(choices).ok_or_else(none)
    }

    /// Whether a user has a factor that makes the pool ask for it: such users sign in with passwords only.
    pub(crate) fn asks_for_mfa(&self, user: &User) -> bool {
        !matches!(self.second_factor(user), Ok(SecondFactor::None))
    }
}

impl UserPool {
    /// Checks a second factor: a code of the user's authenticator app, which is used up then, or the code that was sent. Failures are
    /// counted: "After five unsuccessful attempts to present an MFA code, Amazon Cognito begins the exponential-timeout lockout process"
    /// (Developer Guide, "Things to know about user pool MFA").
    ///
    /// # Errors
    /// As [`super::Totp::check`] and [`SentCode::check`]; `NotAuthorizedException` under a lock, and when the factor is no longer asked for.
    pub(crate) fn check_mfa(
        &mut self,
        attempt: &Attempt,
        factor: MfaFactor,
        sent: Option<&SentCode>,
        given: &str,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let username = &attempt.username;
        match sent {
            Some(sent) if sent.is_new => self.expect_set_up(attempt, factor, now_ms)?,
            Some(sent) => {
                self.expect_mfa(attempt, factor, now_ms).and_then(|()| self.expect_address(username, sent))?
            }
            None => self.expect_mfa(attempt, factor, now_ms)?,
        }
        if self.mfa_lockout(username).is_locked(now_ms) {
            return Err(not_authorized("Password attempts exceeded"));
        }
        let checked = match sent {
            Some(sent) => sent.check(given, now_ms),
            None => self.find_mut(username).ok_or_else(user_not_found)?.totp.check(given, now_ms),
        };
        if checked.is_err() {
            self.mfa_lockout(username).fail(now_ms);
            return checked;
        }
        if let Some(sent) = sent {
            self.verify_address(username, sent, now_ms)?;
        }
        self.forgive_mfa(username);
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        // Whoever has just set up an address is asked for it from now on.
        if factor != MfaFactor::SoftwareToken && user.mfa.preferred().is_none() && sent.is_some_and(|sent| sent.is_new)
        {
            user.mfa.enable(factor);
        }
        Ok(())
    }

    /// An address that a code came back from is verified: "After your user completes MFA, Amazon Cognito sets their
    /// phone_number_verified or email_verified attribute to true" (Developer Guide, "Things to know about user pool MFA").
    ///
    /// # Errors
    /// `AliasExistsException` when someone else signs in by that address; nothing has changed then.
    pub(crate) fn verify_address(&mut self, username: &str, sent: &SentCode, now_ms: u64) -> Result<(), ServiceError> {
        let (attribute, address) = (sent.attribute(), &sent.address);
        if self.alias_holder(attribute, address, username).is_some() {
            return Err(alias_exists(attribute));
        }
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        if sent.is_new {
            user.attributes.insert(attribute.to_owned(), address.clone());
        }
        // The address may have been changed since.
        if user.attributes.get(attribute) == Some(address) && !user.has_verified(attribute) {
            user.attributes.insert(format!("{attribute}_verified"), "true".into());
            user.modified_ms = now_ms;
        }
        Ok(())
    }

    /// Checks that a code was sent where it would still be sent.
    pub(super) fn expect_address(&self, username: &str, sent: &SentCode) -> Result<(), ServiceError> {
        let held = self.find(username).and_then(|user| user.attributes.get(sent.attribute()));
        (held == Some(&sent.address)).then_some(()).ok_or_else(|| not_authorized("Invalid session for the user."))
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

    /// Ends setting up an authenticator app by a code of it. Where the pool requires MFA, it is asked for from now on.
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
        let required = self.settings.requires_mfa();
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        user.totp.finish(code, device_name, now_ms)?;
        if required {
            user.mfa.enable(MfaFactor::SoftwareToken);
        }
        Ok(())
    }

    pub(super) fn offers_totp(&self) -> Result<(), ServiceError> {
        let text = "Software Token MFA has not been enabled by the userPool";
        let refusal = || ServiceError::new("SoftwareTokenMFANotFoundException", text);
        self.settings.offers_mfa(MfaFactor::SoftwareToken).then_some(()).ok_or_else(refusal)
    }
}
