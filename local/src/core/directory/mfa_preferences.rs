//! The second factors, and which of them a user wants to be asked for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::mfa_factor::MfaFactor;
use crate::core::wire::error::{ServiceError, invalid};

/// What a user wants to be asked for; nothing at first.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct MfaPreferences {
    pub(super) enabled: Vec<MfaFactor>,
    pub(super) preferred: Option<MfaFactor>,
    /// Whether SMS was enabled by `SetUserSettings`.
    pub(super) by_settings: bool,
}

/// `SoftwareTokenMfaSettingsType` and its like.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaPreference {
    pub(super) enabled: Option<bool>,
    pub(super) preferred_mfa: Option<bool>,
}

/// `MFAOptionType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaOption {
    pub(super) delivery_medium: Option<String>,
    pub(super) attribute_name: Option<String>,
}

impl MfaPreferences {
    /// # Errors
    /// `InvalidParameterException` where the preferred factor is not among the enabled ones.
    pub(crate) fn new(enabled: Vec<MfaFactor>, preferred: Option<MfaFactor>) -> Result<Self, ServiceError> {
        if preferred.is_some_and(|factor| !enabled.contains(&factor)) {
            return Err(invalid("the preferred second factor is not one of the user's"));
        }
        Ok(Self { enabled, preferred, by_settings: false })
    }

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

    pub(super) fn set(&mut self, factor: MfaFactor, enabled: bool) {
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
