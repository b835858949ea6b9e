//! Errors of the service.

use super::reason::{NOT_AUTHORIZED, OTHERS, Reason};

/// An error of the service.
#[derive(Clone, Debug)]
pub struct ServiceError {
    /// The exception's name without its namespace, such as `NotAuthorizedException`.
    pub name: String,
    /// The service's text.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
    /// `x-amzn-RequestId`, for AWS support.
    pub request_id: Option<String>,
    /// The pause that the service asks for (`Retry-After`), in milliseconds.
    pub retry_after_ms: Option<u32>,
}

impl ServiceError {
    /// The service's refusal of a code that it reports without an exception.
    pub(crate) fn wrong_code() -> Self {
        let (name, message) = ("EnableSoftwareTokenMFAException".to_owned(), "Code mismatch".to_owned());
        Self { name, message, status: 200, request_id: None, retry_after_ms: None }
    }

    /// The exact cause, if the name alone does not say it and the text is known.
    pub fn reason(&self) -> Option<Reason> {
        let by_name = OTHERS.iter().find(|(name, text, _)| self.name == *name && self.says(text.as_bytes()));
        let by_name = by_name.map(|&(.., reason)| reason);
        if self.name != "NotAuthorizedException" {
            return by_name;
        }
        let by_text = NOT_AUTHORIZED.iter().find(|(text, _)| self.message.starts_with(text));
        by_name.or(by_text.map(|&(_, reason)| reason))
    }

    /// Whether the code was wrong: the user can enter another one at the same step.
    pub fn is_wrong_code(&self) -> bool {
        matches!(self.name.as_str(), "CodeMismatchException" | "EnableSoftwareTokenMFAException")
    }

    /// Whether the service failed or was busy, so that the same call may succeed later. Not so
    /// `LimitExceededException`, which counts attempts.
    pub fn retryable(&self) -> bool {
        self.throttled() || self.status >= 500
    }

    /// Whether the service rejected the call unread because there were too many.
    pub fn throttled(&self) -> bool {
        matches!(self.name.as_str(), "TooManyRequestsException" | "ThrottlingException")
            || (self.status == 429 && self.reason() != Some(Reason::AttemptLimit))
    }

    /// Whether this answer to a refresh means that the refresh token is dead. Only names and texts that are known to mean
    /// that do: an unknown one may pass, and a session that ended by mistake doesn't come back.
    pub fn ends_session(&self) -> bool {
        match self.name.as_str() {
            "NotAuthorizedException" => matches!(
                self.reason(),
                Some(
                    Reason::RefreshExpired
                        | Reason::RefreshInvalid
                        | Reason::RefreshReused
                        | Reason::RefreshRevoked
                        | Reason::UserDisabled
                )
            ),
            "PasswordResetRequiredException"
            | "RefreshTokenReuseException"
            | "TokenRevokedException"
            | "UserNotConfirmedException"
            | "UserNotFoundException" => true,
            _ => false,
        }
    }

    /// Whether the text contains these words.
    fn says(&self, words: &[u8]) -> bool {
        words.is_empty() || self.message.as_bytes().windows(words.len()).any(|window| window == words)
    }
}
