//! Errors of DynamoDB, with its names.

use serde_json::{Value as Json, json};
use std::borrow::Cow;

use super::value::{Item, item_json};
use crate::core::wire::error::ServiceError;

/// An error, and for a failed condition the item as it is, where the caller asked for it.
pub(super) struct Failure {
    error: ServiceError,
    item: Option<Item>,
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self { error, item: None }
    }
}

impl Failure {
    pub(super) fn condition(item: Option<Item>) -> Self {
        let error = ServiceError::new("ConditionalCheckFailedException", "The conditional request failed");
        Self { error, item }
    }

    pub(super) fn status(&self) -> u16 {
        self.error.status
    }

    /// The name without its namespace.
    pub(super) fn kind(&self) -> &str {
        // What the checks of all services call so.
        if self.error.kind == "InvalidParameterException" { "ValidationException" } else { &self.error.kind }
    }

    pub(super) fn body(&self) -> Json {
        let kind = self.kind();
        let namespace = match kind {
            "ValidationException" => "com.amazon.coral.validate",
            "ConditionalCheckFailedException" | "ResourceNotFoundException" => "com.amazonaws.dynamodb.v20120810",
            "InternalServerError" | "ProvisionedThroughputExceededException" | "ThrottlingException" => {
                "com.amazonaws.dynamodb.v20120810"
            }
            _ => "com.amazon.coral.service",
        };
        let mut body = json!({ "__type": format!("{namespace}#{kind}"), "message": self.error.message });
        if let Some(item) = &self.item {
            body["Item"] = item_json(item);
        }
        body
    }
}

pub(super) fn not_found(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", message)
}
