//! The risk configuration of threat protection. Nothing here assesses risks: it is kept and given back.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// `RiskConfigurationType`, what is set of it. The model has checked every part.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct RiskConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) compromised_credentials_risk_configuration: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_takeover_risk_configuration: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) risk_exception_configuration: Option<Exceptions>,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct Exceptions {
    #[serde(rename = "BlockedIPRangeList", skip_serializing_if = "Vec::is_empty")]
    pub(super) blocked: Vec<String>,
    #[serde(rename = "SkippedIPRangeList", skip_serializing_if = "Vec::is_empty")]
    pub(super) skipped: Vec<String>,
}

/// The configurations of a pool: of the pool itself, and of clients.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct RiskConfigurations(
    #[serde(with = "crate::core::wire::pairs")] pub(super) BTreeMap<Option<String>, (RiskConfiguration, u64)>,
);

impl RiskConfiguration {
    /// "Defaults to all events" (`CompromisedCredentialsRiskConfigurationType$EventFilter`).
    pub(super) fn with_defaults(mut self) -> Self {
        if let Some(Value::Object(compromised)) = &mut self.compromised_credentials_risk_configuration {
            compromised.entry("EventFilter").or_insert_with(|| json!(["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"]));
        }
        self
    }
}

impl RiskConfigurations {
    /// Forgets everything about a client.
    pub(super) fn forget(&mut self, client_id: &str) {
        self.0.remove(&Some(client_id.to_owned()));
    }
}
