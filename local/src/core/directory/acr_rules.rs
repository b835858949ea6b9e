//! The rules of a pool about what `acr` holds.

use super::acr::{AcrConfiguration, AcrLevel, Proof};
use super::{Attempt, Factor, MfaFactor, PoolSettings, User, UserPool};
use crate::core::wire::error::{ServiceError, invalid, unavailable_in_tier};

impl Attempt {
    pub(crate) fn proof(&self) -> Proof {
        let mut seconds = self.target.as_ref().map_or_else(Vec::new, |target| target.credited.clone());
        seconds.extend(self.second.filter(|second| !seconds.contains(second)));
        Proof { first: self.first, seconds, roaming: self.roaming_passkey }
    }
}

impl PoolSettings {
    /// # Errors
    /// `InvalidParameterException` for names that are not unique, `FeatureUnavailableInTierException`.
    pub(super) fn check_acr(&self) -> Result<(), ServiceError> {
        let names = self.acr_configuration.names();
        if self.is_lite() && names != AcrConfiguration::default().names() {
            return Err(unavailable_in_tier("AcrConfiguration"));
        }
        let repeated = (1..names.len()).any(|index| names[..index].contains(&names[index]));
        if repeated { Err(invalid("Each AcrValue must be unique across all levels")) } else { Ok(()) }
    }

    /// The levels that a list in the form of `acr_values` names, in its order.
    ///
    /// # Errors
    /// `InvalidParameterException` when there is none, `FeatureUnavailableInTierException`.
    pub(crate) fn acr_levels(&self, values: &str) -> Result<Vec<AcrLevel>, ServiceError> {
        if self.is_lite() {
            return Err(unavailable_in_tier("TARGET_ACR_VALUES"));
        }
        let names = self.acr_configuration.names();
        let level = |value: &str| names.iter().zip(LEVELS).find(|(name, _)| **name == value).map(|(_, level)| level);
        let levels: Vec<AcrLevel> = values.split_whitespace().filter_map(level).collect();
        if levels.is_empty() {
            Err(invalid("None of the TARGET_ACR_VALUES is a level of the user pool"))
        } else {
            Ok(levels)
        }
    }

    /// The claim `acr`.
    pub(crate) fn acr_value(&self, level: AcrLevel) -> &str {
        let mut names = self.acr_configuration.names().into_iter().zip(LEVELS);
        names.find_map(|(name, known)| (known == level).then_some(name)).unwrap_or_default()
    }

    /// The second factors that take a user from a password to a level above two.
    pub(super) fn factors_for(&self, level: AcrLevel, user: &User) -> Vec<MfaFactor> {
        let candidates: &[MfaFactor] =
            if level == AcrLevel::Four { &[MfaFactor::SoftwareToken] } else { &[MfaFactor::Sms, MfaFactor::Email] };
        let active = |factor: &MfaFactor| {
            self.offers_mfa(*factor) && factor.is_set_up(user) && (user.mfa.is_enabled(*factor) || self.requires_mfa())
        };
        candidates.iter().copied().filter(active).collect()
    }
}

impl UserPool {
    /// Whether a user has factors that lead to a level.
    pub(crate) fn can_reach(&self, user: &User, level: AcrLevel) -> bool {
        Factor::ALL.into_iter().any(|first| self.has_first_factor(user, first) && self.leads_to(first, level, user))
    }

    /// Whether a first factor, which the user has, leads to a level.
    pub(crate) fn leads_to(&self, factor: Factor, level: AcrLevel, user: &User) -> bool {
        match (factor, level) {
            (Factor::Password, AcrLevel::One)
            | (Factor::EmailOtp | Factor::SmsOtp, AcrLevel::Two)
            | (Factor::Passkey, AcrLevel::Three) => true,
            (Factor::Password, AcrLevel::Three | AcrLevel::Four) => !self.settings.factors_for(level, user).is_empty(),
            _ => false,
        }
    }
}

pub(super) const LEVELS: [AcrLevel; 4] = [AcrLevel::One, AcrLevel::Two, AcrLevel::Three, AcrLevel::Four];
