//! Cognito's errors and their texts. Clients should branch on the type; the texts are here so that people see what AWS would show them.

use serde_json::json;
use std::borrow::Cow;

use super::http::HttpResponse;

/// What requests must and replies do declare.
pub(crate) const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// An error as the JSON services answer it.
#[derive(Clone, Debug)]
pub(crate) struct ServiceError {
    pub(crate) kind: Cow<'static, str>,
    pub(crate) message: Cow<'static, str>,
    pub(crate) status: u16,
}

impl ServiceError {
    pub(crate) fn new(kind: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: kind.into(), message: message.into(), status: 400 }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn response(&self) -> HttpResponse {
        let body = json!({ "__type": self.kind, "message": self.message });
        let header_text = self.message.replace(|c: char| !(' '..='~').contains(&c), " ");
        HttpResponse::new(self.status, CONTENT_TYPE, body.to_string())
            .with("x-amzn-ErrorType", format!("{}:", self.kind.replace(|c: char| !c.is_ascii_graphic(), "")))
            .with("x-amzn-ErrorMessage", header_text.trim())
    }
}

pub(crate) fn alias_exists(attribute: &str) -> ServiceError {
    ServiceError::new("AliasExistsException", format!("An account with the {} already exists.", spoken(attribute)))
}

pub(crate) fn attribute_taken(attribute: &str) -> ServiceError {
    username_exists(format!("An account with the given {} already exists.", spoken(attribute)))
}

pub(crate) fn client_not_found(client_id: &str) -> ServiceError {
    not_found(format!("User pool client {client_id} does not exist."))
}

pub(crate) fn code_expired() -> ServiceError {
    ServiceError::new("ExpiredCodeException", "Invalid code provided, please request a code again.")
}

pub(crate) fn code_mismatch() -> ServiceError {
    ServiceError::new("CodeMismatchException", "Invalid verification code provided, please try again.")
}

/// Clients that read this text drop the device and try again without it (aws-amplify, amazon-cognito-identity-js).
pub(crate) fn device_not_found() -> ServiceError {
    not_found("Device does not exist.")
}

pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("InvalidParameterException", message)
}

pub(crate) fn invalid_access_token() -> ServiceError {
    not_authorized("Invalid Access Token")
}

pub(crate) fn invalid_password(reason: &str) -> ServiceError {
    ServiceError::new("InvalidPasswordException", format!("Password did not conform with policy: {reason}"))
}

pub(crate) fn invalid_refresh_token() -> ServiceError {
    not_authorized("Invalid Refresh Token")
}

pub(crate) fn limit_exceeded() -> ServiceError {
    ServiceError::new("LimitExceededException", "Attempt limit exceeded, please try after some time.")
}

pub(crate) fn missing_parameter(name: &str) -> ServiceError {
    invalid(format!("Missing required parameter {name}"))
}

pub(crate) fn not_authorized(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("NotAuthorizedException", message)
}

pub(crate) fn not_found(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", message)
}

pub(crate) fn pool_not_found(pool_id: &str) -> ServiceError {
    not_found(format!("User pool {pool_id} does not exist."))
}

pub(crate) fn provider_not_found(name: &str) -> ServiceError {
    not_found(format!("Identity provider {name} does not exist."))
}

pub(crate) fn reset_required() -> ServiceError {
    ServiceError::new("PasswordResetRequiredException", "Password reset required for the user")
}

/// Not one of Cognito's: this emulator refuses what it would otherwise ignore.
pub(crate) fn unsupported(what: impl std::fmt::Display) -> ServiceError {
    invalid(format!("poolpass-local does not support {what}"))
}

pub(crate) fn unavailable_in_tier(what: &str) -> ServiceError {
    let text = format!("{what} is not available in the feature plan of this user pool");
    ServiceError::new("FeatureUnavailableInTierException", text)
}

pub(crate) fn user_disabled() -> ServiceError {
    not_authorized("User is disabled.")
}

pub(crate) fn user_not_found() -> ServiceError {
    ServiceError::new("UserNotFoundException", "User does not exist.")
}

pub(crate) fn username_client_not_found() -> ServiceError {
    ServiceError::new("UserNotFoundException", "Username/client id combination not found.")
}

pub(crate) fn username_exists(message: impl Into<Cow<'static, str>>) -> ServiceError {
    ServiceError::new("UsernameExistsException", message)
}

pub(crate) fn wrong_password() -> ServiceError {
    not_authorized("Incorrect username or password.")
}

fn spoken(attribute: &str) -> &str {
    if attribute == "phone_number" { "phone number" } else { attribute }
}
