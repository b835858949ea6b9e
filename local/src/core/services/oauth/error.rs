//! Errors as OAuth 2.0 answers them (RFC 6749, section 5.2).

use serde_json::json;
use std::borrow::Cow;

use crate::core::services::triggers::is_failure;
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpResponse;
use crate::core::world::faults::Fault;

/// What replies of these endpoints declare.
pub(super) const CONTENT_TYPE: &str = "application/json;charset=UTF-8";

/// An error of one of these endpoints. Cognito's status is 400 for nearly all of them.
pub(super) struct OAuthError {
    error: Cow<'static, str>,
    /// Left out when empty.
    description: Cow<'static, str>,
    status: u16,
    /// `WWW-Authenticate` is for the user info endpoint.
    challenge: bool,
}

impl OAuthError {
    pub(super) fn new(error: impl Into<Cow<'static, str>>, description: impl Into<Cow<'static, str>>) -> Self {
        Self { error: error.into(), description: description.into(), status: 400, challenge: false }
    }

    /// Why there are no tokens: a function of the pool that refuses them is not the fault of what they were asked for with.
    pub(super) fn from_tokens(error: ServiceError) -> Self {
        let name = if is_failure(&error) { "invalid_request" } else { "invalid_grant" };
        Self::new(name, error.message)
    }

    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(super) fn with_challenge(mut self) -> Self {
        self.challenge = true;
        self
    }

    pub(super) fn response(&self) -> HttpResponse {
        let mut body = json!({ "error": self.error });
        if !self.description.is_empty() {
            body["error_description"] = json!(self.description);
        }
        let response = HttpResponse::new(self.status, CONTENT_TYPE, body.to_string());
        if !self.challenge {
            return response;
        }
        let challenge = format!("error=\"{}\", error_description=\"{}\"", self.error, self.description);
        response.with("WWW-Authenticate", challenge)
    }
}

/// The error that a fault of kind `error` asks for.
pub(crate) fn ordered(fault: &Fault) -> HttpResponse {
    let status = fault.status.unwrap_or(400);
    let error = fault.error_type.clone().unwrap_or_else(|| {
        let name = if status >= 500 { "server_error" } else { "invalid_request" };
        name.into()
    });
    let description = fault.message.clone().unwrap_or_else(|| "This fault was ordered.".into());
    OAuthError::new(error, description).with_status(status).response()
}
