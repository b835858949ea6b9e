//! Whether a pool remembers devices, and how.

use serde::{Deserialize, Serialize};

/// `DeviceConfigurationType`: "When you provide a value for any property of DeviceConfiguration, you activate the device remembering".
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct DeviceConfiguration {
    /// Whether a remembered device takes the place of MFA.
    pub(crate) challenge_required_on_new_device: bool,
    /// Whether the user must agree before a confirmed device is remembered.
    pub(crate) device_only_remembered_on_user_prompt: bool,
}
