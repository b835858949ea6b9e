//! Threat protection, as far as it is here: it watches, and never finds a risk.

use serde::{Deserialize, Serialize};

use super::{PoolSettings, UserPool};
use crate::core::wire::error::ServiceError;

/// `UserPoolAddOnsType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserPoolAddOns {
    advanced_security_mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    advanced_security_additional_flows: Option<AdditionalFlows>,
}

/// `AdvancedSecurityModeType`.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Mode {
    Audit,
    Enforced,
    Off,
}

/// `AdvancedSecurityAdditionalFlowsType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AdditionalFlows {
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_auth_mode: Option<Mode>,
}

impl PoolSettings {
    /// Whether threat protection watches over the pool.
    pub(super) fn has_threat_protection(&self) -> bool {
        self.user_pool_add_ons.as_ref().is_some_and(|add_ons| add_ons.advanced_security_mode != Mode::Off)
    }
}

impl UserPool {
    /// # Errors
    /// `UserPoolAddOnNotEnabledException` where nothing is watched.
    pub(crate) fn check_threat_protection(&self) -> Result<(), ServiceError> {
        let text = "User pool add-ons are not enabled for the user pool.";
        let refusal = || ServiceError::new("UserPoolAddOnNotEnabledException", text);
        self.settings.has_threat_protection().then_some(()).ok_or_else(refusal)
    }
}
