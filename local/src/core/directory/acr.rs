//! Authentication levels and methods: the claims `acr` and `amr` (Developer Guide, "Authentication levels with ACR and AMR claims").

use serde::{Deserialize, Serialize};

use super::{Factor, MfaFactor};

/// The fixed levels, from weak to strong.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) enum AcrLevel {
    One,
    Two,
    Three,
    Four,
}

/// `AcrConfigurationType`, with the default names where none are given.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct AcrConfiguration {
    pub(super) level1: AcrName,
    pub(super) level2: AcrName,
    pub(super) level3: AcrName,
    pub(super) level4: AcrName,
}

/// `AcrLevelConfigType`.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AcrName {
    pub(super) acr_value: String,
}

impl Default for AcrConfiguration {
    fn default() -> Self {
        let [level1, level2, level3, level4] =
            [1, 2, 3, 4].map(|level| AcrName { acr_value: format!("urn:cognito:loa:{level}") });
        Self { level1, level2, level3, level4 }
    }
}

impl AcrConfiguration {
    pub(super) fn names(&self) -> [&str; 4] {
        [&self.level1, &self.level2, &self.level3, &self.level4].map(|name| name.acr_value.as_str())
    }
}

/// What a sign-in has proven.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Proof {
    pub(super) first: Option<Factor>,
    pub(super) seconds: Vec<MfaFactor>,
    /// Whether a passkey came from a device that is carried along, such as a security key.
    pub(super) roaming: bool,
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
