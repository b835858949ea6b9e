//! Authentication levels and methods: the claims `acr` and `amr` (Developer Guide, "Authentication levels with ACR and AMR claims").

use serde::{Deserialize, Serialize};

use super::{Attempt, Factor, MfaFactor, PoolSettings, User, UserPool};
use crate::core::wire::error::{ServiceError, invalid, unavailable_in_tier};

/// The fixed levels, from weak to strong.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) enum AcrLevel {
    One,
    Two,
    Three,
    Four,
}

const LEVELS: [AcrLevel; 4] = [AcrLevel::One, AcrLevel::Two, AcrLevel::Three, AcrLevel::Four];

/// `AcrConfigurationType`, with the default names where none are given.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct AcrConfiguration {
    level1: AcrName,
    level2: AcrName,
    level3: AcrName,
    level4: AcrName,
}

/// `AcrLevelConfigType`.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AcrName {
    acr_value: String,
}

impl Default for AcrConfiguration {
    fn default() -> Self {
        let [level1, level2, level3, level4] =
            [1, 2, 3, 4].map(|level| AcrName { acr_value: format!("urn:cognito:loa:{level}") });
        Self { level1, level2, level3, level4 }
    }
}

impl AcrConfiguration {
    fn names(&self) -> [&str; 4] {
        [&self.level1, &self.level2, &self.level3, &self.level4].map(|name| name.acr_value.as_str())
    }
}

/// What a sign-in has proven.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Proof {
    first: Option<Factor>,
    seconds: Vec<MfaFactor>,
    /// Whether a passkey came from a device that is carried along, such as a security key.
    roaming: bool,
}

impl Proof {
    /// The highest level that this satisfies.
    pub(crate) fn level(&self) -> Option<AcrLevel> {
        Some(match self.first? {
            Factor::Password if self.seconds.contains(&MfaFactor::SoftwareToken) => AcrLevel::Four,
            Factor::Password if self.seconds.is_empty() => AcrLevel::One,
            Factor::Password | Factor::Passkey => AcrLevel::Three,
            Factor::EmailOtp | Factor::SmsOtp => AcrLevel::Two,
            // AWS gives the challenges of functions no level.
            Factor::Custom => return None,
        })
    }

    /// The claim `amr`.
    pub(crate) fn methods(&self) -> Vec<&'static str> {
        let first = self.first.and_then(|factor| match factor {
            Factor::Custom => None,
            Factor::EmailOtp => Some("email_otp"),
            Factor::Passkey if self.roaming => Some("hwk"),
            Factor::Passkey => Some("swk"),
            Factor::Password => Some("pwd"),
            Factor::SmsOtp => Some("sms"),
        });
        let seconds = self.seconds.iter().map(|factor| match factor {
            MfaFactor::Sms => "sms",
            MfaFactor::SoftwareToken => "otp",
            MfaFactor::Email => "email_otp",
        });
        let several = (!self.seconds.is_empty()).then_some("mfa");
        first.into_iter().chain(seconds).chain(several).collect()
    }

    /// What counts towards a level that the user is to reach from here: a password and the second factors given beside it.
    pub(crate) fn password_and_seconds(&self) -> Option<Vec<MfaFactor>> {
        (self.first == Some(Factor::Password)).then(|| self.seconds.clone())
    }
}

/// The level that a sign-in is to reach.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Target {
    pub(crate) level: AcrLevel,
    /// Second factors of an earlier sign-in that this one goes on from.
    pub(crate) credited: Vec<MfaFactor>,
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_methods_are_those_of_the_developer_guide() {
        use MfaFactor::{Email, Sms, SoftwareToken};
        for (first, seconds, level, methods) in [
            (Factor::Password, vec![], AcrLevel::One, vec!["pwd"]),
            (Factor::SmsOtp, vec![], AcrLevel::Two, vec!["sms"]),
            (Factor::EmailOtp, vec![], AcrLevel::Two, vec!["email_otp"]),
            (Factor::Passkey, vec![], AcrLevel::Three, vec!["swk"]),
            (Factor::Password, vec![Sms], AcrLevel::Three, vec!["pwd", "sms", "mfa"]),
            (Factor::Password, vec![Email], AcrLevel::Three, vec!["pwd", "email_otp", "mfa"]),
            (Factor::Password, vec![SoftwareToken], AcrLevel::Four, vec!["pwd", "otp", "mfa"]),
            (Factor::Password, vec![Sms, SoftwareToken], AcrLevel::Four, vec!["pwd", "sms", "otp", "mfa"]),
        ] {
            let proof = Proof { first: Some(first), seconds, roaming: false };
            assert_eq!((proof.level(), proof.methods()), (Some(level), methods));
        }
        let key = Proof { first: Some(Factor::Passkey), seconds: Vec::new(), roaming: true };
        assert_eq!(key.methods(), ["hwk"]);
        assert_eq!(Proof::default().level(), None);
    }
}
