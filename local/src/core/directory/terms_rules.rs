//! The rules of a pool about what `terms` holds.

use serde_json::{Value, json};

use super::UserPool;
use super::terms::unknown;
use crate::core::wire::error::ServiceError;

impl UserPool {
    /// `TermsType`.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn describe_terms(&self, id: &str) -> Result<Value, ServiceError> {
        let terms = self.terms.0.get(id).ok_or_else(|| unknown(id))?;
        let mut shown = terms.description(id);
        shown["UserPoolId"] = json!(self.id);
        shown["ClientId"] = json!(terms.client_id);
        shown["TermsSource"] = json!("LINK");
        shown["Links"] = json!(terms.links);
        Ok(shown)
    }
}
