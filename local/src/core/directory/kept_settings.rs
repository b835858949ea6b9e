//! Settings of a pool that nothing here acts on. They are kept and given back, unless one of their values would have an effect.

use serde::{Deserialize, Serialize};

/// `IssuerConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct IssuerConfiguration {
    #[serde(rename = "Type")]
    pub(super) kind: Option<String>,
}

/// `DcrConfigurationType`: dynamic client registration.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DcrConfiguration {
    /// "If you provide a dynamic client registration configuration without this value, Amazon Cognito turns [it] on."
    pub(super) enable_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open_dcr_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authenticated_grant_types: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open_dcr_grant_types: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) allowed_scopes: Option<Vec<String>>,
}

/// `SmsConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SmsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sns_caller_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sns_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) eums_sms: Option<serde_json::Value>,
}
