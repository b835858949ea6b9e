//! Errors as AppSync writes them.

use serde_json::{Value, json};

use crate::core::wire::http::HttpResponse;
use crate::core::world::faults::Fault;

pub(super) const NOT_PROVIDED: &str = "Valid authorization header not provided.";
pub(super) const NOT_A_JWT: &str = "Unable to parse JWT token.";
pub(super) const EXPIRED: &str = "Token has expired.";
pub(super) const NOT_AUTHORIZED: &str = "You are not authorized to make this call.";

/// A request or message that is refused as a whole.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) kind: String,
    pub(super) message: String,
}

impl Refused {
    pub(super) fn new(status: u16, kind: &str, message: impl Into<String>) -> Self {
        Self { status, kind: kind.into(), message: message.into() }
    }

    pub(super) fn unauthorized(message: &str) -> Self {
        Self::new(401, "UnauthorizedException", message)
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequestException", message)
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "MalformedHttpRequestException", message)
    }

    pub(super) fn unsupported(message: impl Into<String>) -> Self {
        Self::new(400, "UnsupportedOperation", message)
    }

    /// What a fault of kind `error` asks for.
    pub(super) fn ordered(fault: &Fault) -> Self {
        let status = fault.status.unwrap_or(400);
        let name = match status {
            401 | 403 => "UnauthorizedException",
            429 => "LimitExceededError",
            500.. => "InternalFailure",
            _ => "BadRequestException",
        };
        let kind = fault.error_type.as_deref().unwrap_or(name);
        Self::new(status, kind, fault.message.as_deref().unwrap_or("This fault was ordered."))
    }

    /// The list of errors of a reply.
    pub(super) fn errors(&self) -> Value {
        json!([{ "errorType": self.kind, "message": self.message }])
    }

    /// As above, with the status that messages carry as a code.
    pub(super) fn errors_with_code(&self) -> Value {
        json!([{ "errorType": self.kind, "message": self.message, "errorCode": self.status }])
    }

    pub(super) fn response(&self) -> HttpResponse {
        HttpResponse::json(self.status, &json!({ "errors": self.errors() }))
            .with("x-amzn-ErrorType", self.kind.as_str())
    }
}

/// The reply of a fault of kind `error`.
pub(crate) fn ordered_error(fault: &Fault) -> HttpResponse {
    Refused::ordered(fault).response()
}
