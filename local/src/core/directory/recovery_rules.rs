//! The rules of a pool about what `recovery` holds.

use super::recovery::MechanismName;
use super::second_factor::SecondFactor;
use super::{MfaFactor, PoolSettings, User};
use crate::core::wire::error::{ServiceError, not_authorized};

impl PoolSettings {
    /// The attribute that a user's code for another password goes to; `None` when nothing fit is verified.
    /// With an empty setting, the phone comes before the mailbox, as in pools from before 2020 (`CreateUserPool`,
    /// "AccountRecoverySetting").
    ///
    /// # Errors
    /// `NotAuthorizedException` when only administrators may reset passwords.
    pub(crate) fn recovery_attribute(&self, user: Option<&User>) -> Result<Option<&'static str>, ServiceError> {
        let mut mechanisms =
            self.account_recovery_setting.as_ref().map_or_else(Vec::new, |s| s.recovery_mechanisms.clone());
        mechanisms.sort_by_key(|mechanism| mechanism.priority);
        let mut attributes = Vec::new();
        for mechanism in mechanisms {
            match mechanism.name {
                MechanismName::AdminOnly => return Err(not_authorized("Contact administrator to reset password.")),
                MechanismName::VerifiedEmail => attributes.push("email"),
                MechanismName::VerifiedPhoneNumber => attributes.push("phone_number"),
            }
        }
        if attributes.is_empty() {
            attributes = vec!["phone_number", "email"];
        }
        let fit = |user: &User| {
            let mfa = self.mfa_attribute(user);
            attributes.into_iter().find(|attribute| user.has_verified(attribute) && mfa != Some(*attribute))
        };
        Ok(user.and_then(fit))
    }

    /// The attribute that a user's codes for MFA go to. "Users can't receive MFA and password reset codes at the same email address or
    /// phone number" (Developer Guide, "Things to know about user pool MFA").
    pub(super) fn mfa_attribute(&self, user: &User) -> Option<&'static str> {
        match self.second_factor(user) {
            Ok(SecondFactor::Ask(factor)) => factor.attribute(),
            _ => None,
        }
    }

    /// Whether forgotten passwords go first where codes for this factor would go.
    pub(super) fn recovers_by(&self, factor: MfaFactor) -> bool {
        let mechanisms = self.account_recovery_setting.iter().flat_map(|setting| &setting.recovery_mechanisms);
        let first = mechanisms.min_by_key(|mechanism| mechanism.priority);
        match first.map(|mechanism| mechanism.name) {
            Some(MechanismName::VerifiedEmail) => factor == MfaFactor::Email,
            Some(MechanismName::VerifiedPhoneNumber) => factor == MfaFactor::Sms,
            Some(MechanismName::AdminOnly) | None => false,
        }
    }
}
