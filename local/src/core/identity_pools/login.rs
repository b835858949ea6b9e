//! What a token proved to an identity pool.

use serde_json::{Map, Value};

/// A login that was verified.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) provider: String,
    pub(crate) subject: String,
    /// The app at the provider, or what stands in its place in `amr`.
    pub(crate) audience: String,
    /// The key of its role mapping.
    pub(crate) mapping: String,
    /// What role mappings look at.
    pub(crate) claims: Map<String, Value>,
}

impl Login {
    pub(crate) fn new(provider: String, subject: String, audience: String) -> Self {
        Self { mapping: provider.clone(), provider, subject, audience, claims: Map::new() }
    }
}
