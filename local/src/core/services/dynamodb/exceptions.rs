//! Exceptions of DynamoDB.

use std::borrow::Cow;

use crate::core::wire::error::ServiceError;

pub(super) fn serialization(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("SerializationException", message)
}

pub(super) fn validation(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("ValidationException", message)
}
