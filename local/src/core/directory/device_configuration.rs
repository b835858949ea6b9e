//! Whether a pool remembers devices, and how.

use serde::{Deserialize, Deserializer, Serialize};

/// `DeviceConfigurationType`.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct DeviceConfiguration {
    /// Whether a remembered device takes the place of MFA.
    pub(crate) challenge_required_on_new_device: bool,
    /// Whether the user must agree before a confirmed device is remembered.
    pub(crate) device_only_remembered_on_user_prompt: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Given {
    challenge_required_on_new_device: Option<bool>,
    device_only_remembered_on_user_prompt: Option<bool>,
}

impl DeviceConfiguration {
    /// "When you provide a value for any property of DeviceConfiguration, you activate the device remembering for the user pool": an
    /// empty one is none.
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let Some(given) = Option::<Given>::deserialize(deserializer)? else { return Ok(None) };
        let (replaces, asks) = (given.challenge_required_on_new_device, given.device_only_remembered_on_user_prompt);
        Ok((replaces.is_some() || asks.is_some()).then(|| Self {
            challenge_required_on_new_device: replaces.unwrap_or_default(),
            device_only_remembered_on_user_prompt: asks.unwrap_or_default(),
        }))
    }
}
