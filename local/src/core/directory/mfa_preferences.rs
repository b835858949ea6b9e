//! The second factors, and which of them a user wants to be asked for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{User, UserPool};
use crate::core::wire::error::{ServiceError, invalid, user_not_found};

/// A second factor, in the order in which AWS lists them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) enum MfaFactor {
    Sms,
    SoftwareToken,
    Email,
}

impl MfaFactor {
    pub(crate) const ALL: [Self; 3] = [Self::Sms, Self::SoftwareToken, Self::Email];

    /// Its name as a challenge, and in `UserMFASettingList`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sms => "SMS_MFA",
            Self::SoftwareToken => "SOFTWARE_TOKEN_MFA",
            Self::Email => "EMAIL_OTP",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.name() == name)
    }

    /// The attribute that codes are sent to; `None` for the app.
    pub(crate) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Sms => Some("phone_number"),
            Self::SoftwareToken => None,
            Self::Email => Some("email"),
        }
    }

    /// Whether a user could be asked for it.
    pub(crate) fn is_set_up(self, user: &User) -> bool {
        match self.attribute() {
            None => user.totp.is_set_up(),
            Some(attribute) => user.attributes.get(attribute).is_some_and(|address| !address.is_empty()),
        }
    }
}

/// What a user wants to be asked for; nothing at first.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct MfaPreferences {
    enabled: Vec<MfaFactor>,
    preferred: Option<MfaFactor>,
    /// Whether SMS was enabled by `SetUserSettings`.
    by_settings: bool,
}

/// `SoftwareTokenMfaSettingsType` and its like.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaPreference {
    enabled: Option<bool>,
    preferred_mfa: Option<bool>,
}

/// `MFAOptionType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaOption {
    delivery_medium: Option<String>,
    attribute_name: Option<String>,
}

impl MfaPreferences {
    pub(crate) fn is_enabled(&self, factor: MfaFactor) -> bool {
        self.enabled.contains(&factor)
    }

    pub(crate) fn any_enabled(&self) -> bool {
        !self.enabled.is_empty()
    }

    pub(crate) fn preferred(&self) -> Option<MfaFactor> {
        self.preferred
    }

    /// Enables a factor, and prefers it unless another is preferred.
    pub(crate) fn enable(&mut self, factor: MfaFactor) {
        self.set(factor, true);
        self.preferred.get_or_insert(factor);
    }

    pub(crate) fn disable(&mut self, factor: MfaFactor) {
        self.set(factor, false);
    }

    fn set(&mut self, factor: MfaFactor, enabled: bool) {
        self.enabled.retain(|other| *other != factor);
        if enabled {
            self.enabled.push(factor);
        } else {
            self.preferred = self.preferred.filter(|other| *other != factor);
            self.by_settings &= factor != MfaFactor::Sms;
        }
    }

    /// `PreferredMfaSetting`, `UserMFASettingList` and `MFAOptions`, as far as there is something to show.
    pub(crate) fn shown(&self) -> Map<String, Value> {
        let mut shown = Map::new();
        let names: Vec<&str> =
            MfaFactor::ALL.into_iter().filter(|f| self.is_enabled(*f)).map(MfaFactor::name).collect();
        if !names.is_empty() {
            shown.insert("UserMFASettingList".into(), json!(names));
        }
        if let Some(preferred) = self.preferred {
            shown.insert("PreferredMfaSetting".into(), json!(preferred.name()));
        }
        if self.by_settings {
            let option = json!({ "DeliveryMedium": "SMS", "AttributeName": "phone_number" });
            shown.insert("MFAOptions".into(), json!([option]));
        }
        shown
    }
}

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
fn no_delivery(factor: MfaFactor) -> ServiceError {
    invalid(format!("User does not have delivery config set to turn on {}", factor.name()))
}
