//! The rules of a pool about what `metadata_policy` holds.

use serde_json::{Value, json};

use super::UserPool;
use super::metadata_policy::{MetadataPolicy, unknown};
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::ServiceError;

impl UserPool {
    /// `CIMDPolicyType`.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn describe_metadata_policy(&self, id: &str) -> Result<Value, ServiceError> {
        let policy = self.metadata_policies.0.get(id).ok_or_else(|| unknown(id))?;
        let mut shown = self.metadata_policy_summary(id, policy);
        shown["UserPoolId"] = json!(self.id);
        shown["URLPatterns"] = json!(policy.url_patterns);
        Ok(shown)
    }

    /// `CIMDPolicySummaryType` of each, by id.
    pub(crate) fn metadata_policy_summaries(&self) -> impl Iterator<Item = (&str, Value)> {
        let policies = self.metadata_policies.0.iter();
        policies.map(|(id, policy)| (id.as_str(), self.metadata_policy_summary(id, policy)))
    }

    pub(super) fn metadata_policy_summary(&self, id: &str, policy: &MetadataPolicy) -> Value {
        let mut shown = json!({
            "CIMDPolicyId": id,
            "PolicyName": policy.name,
            "CreationDate": epoch_seconds(policy.created_ms),
            "LastModifiedDate": epoch_seconds(policy.modified_ms),
        });
        // "Amazon Cognito omits this value when the app client no longer exists" (`CIMDPolicyType`).
        if self.client(&policy.client_id).is_some() {
            shown["ClientId"] = json!(policy.client_id);
        }
        if let Some(seconds) = policy.cache_seconds {
            shown["CacheDuration"] = json!(seconds);
        }
        shown
    }
}
