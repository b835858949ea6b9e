//! Policies for client ID metadata documents. No client is known by such a document here: the policies are kept and given back.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::UserPool;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, not_found};

/// `CIMDPolicyType`.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct MetadataPolicy {
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) cache_seconds: Option<u64>,
    pub(crate) url_patterns: Vec<String>,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
}

/// The policies of a pool, by id.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct MetadataPolicies(BTreeMap<String, MetadataPolicy>);

impl MetadataPolicies {
    pub(crate) fn add(&mut self, id: String, policy: MetadataPolicy) {
        self.0.insert(id, policy);
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&mut self, id: &str) -> Result<&mut MetadataPolicy, ServiceError> {
        self.0.get_mut(id).ok_or_else(|| unknown(id))
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn remove(&mut self, id: &str) -> Result<(), ServiceError> {
        self.0.remove(id).map(drop).ok_or_else(|| unknown(id))
    }
}

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

    fn metadata_policy_summary(&self, id: &str, policy: &MetadataPolicy) -> Value {
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

fn unknown(id: &str) -> ServiceError {
    not_found(format!("CIMD policy {id} does not exist."))
}
