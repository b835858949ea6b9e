//! The rules of a pool about what `mfa_preferences` holds.

use super::UserPool;
use super::mfa_factor::MfaFactor;
use super::mfa_preferences::{MfaOption, MfaPreference, MfaPreferences};
use crate::core::wire::error::{ServiceError, invalid, user_not_found};

impl UserPool {
    /// The preferences of a user after setting what is given and keeping what is not. Only one factor is preferred (`SetUserMFAPreference`).
    ///
    /// # Errors
    /// `InvalidParameterException` for a factor that the user has not set up or the pool does not offer, for a preferred factor that is
    /// not enabled, and for two preferred ones.
    pub(crate) fn preferred_mfa(
        &self,
        username: &str,
        given: [(MfaFactor, Option<MfaPreference>); 3],
    ) -> Result<MfaPreferences, ServiceError> {
        let user = self.find(username).ok_or_else(user_not_found)?;
        let given = given.map(|(factor, preference)| preference.map(|preference| (factor, preference)));
        if given.iter().flatten().filter(|(_, preference)| preference.preferred_mfa == Some(true)).count() > 1 {
            return Err(invalid("Only one MFA type can be the preferred one"));
        }
        let mut mfa = user.mfa.clone();
        for (factor, preference) in given.into_iter().flatten() {
            let enabled = preference.enabled.unwrap_or(mfa.is_enabled(factor));
            let turns_on = preference.enabled == Some(true) || (preference.preferred_mfa == Some(true) && enabled);
            if turns_on && !(factor.is_set_up(user) && self.settings.offers_mfa(factor)) {
                return Err(no_delivery(factor));
            }
            if preference.preferred_mfa == Some(true) && !enabled {
                return Err(if factor.is_set_up(user) {
                    invalid("An MFA type that is not enabled cannot be the preferred one")
                } else {
                    no_delivery(factor)
                });
            }
            mfa.set(factor, enabled);
            match preference.preferred_mfa {
                Some(true) => mfa.preferred = Some(factor),
                Some(false) if mfa.preferred == Some(factor) => mfa.preferred = None,
                _ => {}
            }
        }
        Ok(mfa)
    }

    /// Turns MFA by SMS on or off, as `SetUserSettings` does: "You can use this parameter only to set an SMS configuration that uses
    /// SMS for delivery".
    ///
    /// # Errors
    /// `InvalidParameterException` for anything else, and without a phone number.
    pub(crate) fn set_mfa_options(
        &mut self,
        username: &str,
        options: &[MfaOption],
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let is_sms = |option: &MfaOption| {
            option.delivery_medium.as_deref() == Some("SMS") && option.attribute_name.as_deref() == Some("phone_number")
        };
        if !options.iter().all(is_sms) {
            return Err(invalid("MFAOptions may only have DeliveryMedium SMS with AttributeName phone_number"));
        }
        let turns_on = !options.is_empty();
        let user = self.find(username).ok_or_else(user_not_found)?;
        if turns_on && !MfaFactor::Sms.is_set_up(user) {
            return Err(no_delivery(MfaFactor::Sms));
        }
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        user.mfa.set(MfaFactor::Sms, turns_on);
        user.mfa.by_settings = turns_on;
        user.modified_ms = now_ms;
        Ok(())
    }
}

/// The refusal to turn on a factor that the user has not set up.
pub(super) fn no_delivery(factor: MfaFactor) -> ServiceError {
    invalid(format!("User does not have delivery config set to turn on {}", factor.name()))
}
