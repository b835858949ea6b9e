//! How a pool treats changes of addresses.

use serde::{Deserialize, Serialize};

use crate::core::wire::error::{ServiceError, invalid};

/// `UserAttributeUpdateSettingsType`.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct UpdateSettings {
    pub(super) attributes_require_verification_before_update: Vec<String>,
}

impl UpdateSettings {
    /// # Errors
    /// `InvalidParameterException` for an attribute that is not verified automatically.
    pub(super) fn check(&self, auto_verified: &[String]) -> Result<(), ServiceError> {
        let unverified = self.attributes_require_verification_before_update.iter().find(|n| !auto_verified.contains(n));
        unverified.map_or(Ok(()), |name| {
            Err(invalid(format!("AttributesRequireVerificationBeforeUpdate: {name} is not in AutoVerifiedAttributes")))
        })
    }
}
