//! The rules of a pool about what `first_factor` holds.

use super::mfa_config::MfaMode;
use super::{Factor, MfaFactor, PoolSettings, SentCode, User, UserPool, UserStatus};
use crate::core::wire::error::{ServiceError, invalid, not_authorized, user_disabled, user_not_found};

impl PoolSettings {
    /// Whether users may sign in with nothing but this, by the flow USER_AUTH (`SignInPolicyType`).
    pub(crate) fn allows_first_factor(&self, factor: Factor) -> bool {
        self.sign_in_policy().mentions(factor.name())
    }

    /// Whether people may be without a password: "Users can sign up without a password when your user pool supports passwordless sign-in
    /// with email or SMS OTPs" (`SignUp`, "Password").
    pub(crate) fn allows_no_password(&self) -> bool {
        self.allows_first_factor(Factor::EmailOtp) || self.allows_first_factor(Factor::SmsOtp)
    }

    /// # Errors
    /// `InvalidParameterException` for a list that AWS does not take, alone or with this mode of MFA,
    /// `FeatureUnavailableInTierException`.
    pub(super) fn check_first_factors(&self, mfa: MfaMode) -> Result<(), ServiceError> {
        let policy = self.sign_in_policy();
        if !policy.mentions(Factor::Password.name()) {
            return Err(invalid("Password should be configured as one of the allowed first auth factors."));
        }
        if policy.mentions("SOFTWARE_TOKEN") {
            return Err(invalid("SOFTWARE_TOKEN is not supported as a first auth factor."));
        }
        if self.allows_no_password() && mfa == MfaMode::On {
            return Err(invalid(
                "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled",
            ));
        }
        Ok(())
    }

    /// Whether a code may be the first factor of a user. Users whom the pool asks for a second factor "can only sign in with
    /// username-password authentication flows in choice-based sign-in" (Developer Guide, "Things to know about user pool MFA"); users who
    /// have yet to choose a password of their own were offered only passwords by AWS.
    pub(crate) fn allows_code(&self, user: &User, factor: Factor) -> bool {
        let has_address =
            factor.attribute().and_then(|attribute| user.attributes.get(attribute)).is_some_and(|a| !a.is_empty());
        let fit = matches!(user.status, UserStatus::Confirmed | UserStatus::Unconfirmed);
        self.allows_first_factor(factor) && fit && has_address && !self.asks_for_mfa(user)
    }
}

impl UserPool {
    /// Whether a user can begin to sign in with a factor.
    pub(crate) fn has_first_factor(&self, user: &User, factor: Factor) -> bool {
        match factor {
            Factor::Custom => false,
            Factor::Passkey => self.offers_passkey(user),
            Factor::Password => user.verifier.is_some(),
            Factor::EmailOtp | Factor::SmsOtp => self.settings.allows_code(user, factor),
        }
    }

    /// What a user can sign in with: `ConfiguredUserAuthFactors`. Codes count where the pool takes them, as first or second factor.
    pub(crate) fn configured_factors(&self, user: &User) -> Vec<&'static str> {
        let sent = |factor: Factor, mfa: MfaFactor| {
            mfa.is_set_up(user) && (self.settings.allows_first_factor(factor) || self.settings.offers_mfa(mfa))
        };
        [
            (user.verifier.is_some(), Factor::Password.name()),
            (sent(Factor::EmailOtp, MfaFactor::Email), Factor::EmailOtp.name()),
            (sent(Factor::SmsOtp, MfaFactor::Sms), Factor::SmsOtp.name()),
            (self.has_passkey(user), Factor::Passkey.name()),
            (user.totp.is_set_up(), "SOFTWARE_TOKEN"),
        ]
        .into_iter()
        .filter_map(|(has, name)| has.then_some(name))
        .collect()
    }

    /// Checks a code that is the first factor. "In addition to authenticating the user, your user pool marks the user's unverified email
    /// address or phone number attribute as verified. The user status also changed from UNCONFIRMED to CONFIRMED" (Developer Guide,
    /// "Passwordless sign-in with one-time passwords").
    ///
    /// # Errors
    /// As [`SentCode::check`] and [`UserPool::verify_address`]; `NotAuthorizedException` when this way is closed by now.
    pub(crate) fn check_first_code(
        &mut self,
        username: &str,
        factor: Factor,
        sent: &SentCode,
        given: &str,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        sent.check(given, now_ms)?;
        let user = self.find(username).ok_or_else(user_not_found)?;
        if !user.enabled {
            return Err(user_disabled());
        }
        let same = factor.attribute().and_then(|attribute| user.attributes.get(attribute)) == Some(&sent.address);
        if !same || !self.settings.allows_code(user, factor) {
            return Err(not_authorized("Invalid session for the user."));
        }
        self.verify_address(username, sent, now_ms)?;
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        if user.status == UserStatus::Unconfirmed {
            (user.status, user.code, user.modified_ms) = (UserStatus::Confirmed, None, now_ms);
        }
        Ok(())
    }
}
