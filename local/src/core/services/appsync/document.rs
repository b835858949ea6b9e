//! A GraphQL request.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationType};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::errors::Refused;

/// A GraphQL request as it is posted, or as a subscription starts with it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) query: String,
    #[serde(default)]
    pub(super) variables: Option<Map<String, Value>>,
    #[serde(default)]
    pub(super) operation_name: Option<String>,
}

impl Document {
    /// # Errors
    /// `MalformedHttpRequestException`.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refused> {
        serde_json::from_slice(body).map_err(|_| Refused::malformed("Unable to parse GraphQL query."))
    }

    /// Whether the operation is a subscription.
    ///
    /// # Errors
    /// `MalformedHttpRequestException` for what is not GraphQL or does not name one operation.
    pub(super) fn is_subscription(&self) -> Result<bool, Refused> {
        let parsed = parse_query(&self.query);
        let parsed = parsed.map_err(|error| Refused::malformed(format!("Unable to parse GraphQL query: {error}")))?;
        let operation = match (&parsed.operations, &self.operation_name) {
            // Whether the name fits is checked when the document is run.
            (DocumentOperations::Single(operation), _) => Some(operation),
            (DocumentOperations::Multiple(all), Some(name)) => all.get(name.as_str()),
            (DocumentOperations::Multiple(all), None) => all.values().next().filter(|_| all.len() == 1),
        };
        let operation =
            operation.ok_or_else(|| Refused::malformed("operationName must name one of the operations."))?;
        Ok(operation.node.ty == OperationType::Subscription)
    }
}
