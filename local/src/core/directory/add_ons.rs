//! Threat protection, as far as it is here: it watches, and never finds a risk.

use serde::{Deserialize, Serialize};

/// `UserPoolAddOnsType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserPoolAddOns {
    pub(super) advanced_security_mode: Mode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) advanced_security_additional_flows: Option<AdditionalFlows>,
}

/// `AdvancedSecurityModeType`.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Mode {
    Audit,
    Enforced,
    Off,
}

/// `AdvancedSecurityAdditionalFlowsType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AdditionalFlows {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) custom_auth_mode: Option<Mode>,
}
