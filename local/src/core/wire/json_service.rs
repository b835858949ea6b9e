//! What all services have in common that speak JSON by `X-Amz-Target`.

use serde_json::Value;

use super::error::{CONTENT_TYPE, ServiceError};
use super::http::{HttpRequest, HttpResponse};
use super::shapes::{Model, Operation};

/// A body that may not be JSON.
pub(crate) type Body = Result<Value, serde_json::Error>;

/// The operation that a request names, or a placeholder for the request log.
pub(crate) fn operation_name(request: &HttpRequest, prefix: &str) -> String {
    match request.header("X-Amz-Target") {
        Some(target) => target.strip_prefix(prefix).unwrap_or(target).chars().take(100).collect(),
        None => "(no X-Amz-Target)".into(),
    }
}

/// The operation, where the service has it and the request is of the right kind.
///
/// # Errors
/// `UnknownOperationException`.
pub(crate) fn operation<'m>(
    model: &'m Model,
    request: &HttpRequest,
    name: &str,
) -> Result<&'m Operation, ServiceError> {
    let known = model.operation(name).ok_or_else(|| unknown(format!("There is no operation {name}.")))?;
    let content_type = request.header("Content-Type").unwrap_or_default();
    if !content_type.starts_with("application/x-amz-json-1.") {
        return Err(unknown(format!("The Content-Type must be {CONTENT_TYPE}.")));
    }
    Ok(known)
}

/// # Errors
/// `SerializationException`.
pub(crate) fn value(body: Body) -> Result<Value, ServiceError> {
    body.map_err(|_| ServiceError::new("SerializationException", "The body is not JSON."))
}

/// An operation of the service that this emulator does not have.
pub(crate) fn unsupported_operation(name: &str) -> ServiceError {
    unknown(format!("poolpass-local does not support {name} yet."))
}

/// What goes back; an operation without output has an empty body.
pub(crate) fn reply(outcome: Result<Value, ServiceError>) -> HttpResponse {
    match outcome {
        Ok(Value::Null) => HttpResponse::new(200, CONTENT_TYPE, ""),
        Ok(value) => HttpResponse::new(200, CONTENT_TYPE, value.to_string()),
        Err(error) => error.response(),
    }
}

fn unknown(message: String) -> ServiceError {
    ServiceError::new("UnknownOperationException", message)
}
