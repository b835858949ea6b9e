//! Policies for client ID metadata documents. No client is known by such a document here: the policies are kept and given back.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
pub(crate) struct MetadataPolicies(pub(super) BTreeMap<String, MetadataPolicy>);

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

pub(super) fn unknown(id: &str) -> ServiceError {
    not_found(format!("CIMD policy {id} does not exist."))
}
