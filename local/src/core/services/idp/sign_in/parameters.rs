//! The string maps `AuthParameters` and `ChallengeResponses`.

use std::collections::BTreeMap;

use crate::core::wire::error::{ServiceError, missing_parameter, unsupported};

/// A string map of a request.
pub(crate) type Parameters = BTreeMap<String, String>;

/// # Errors
/// `InvalidParameterException` when it is absent or empty.
pub(crate) fn required<'a>(parameters: &'a Parameters, name: &str) -> Result<&'a str, ServiceError> {
    match parameters.get(name) {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(missing_parameter(name)),
    }
}

pub(crate) fn optional<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(String::as_str)
}

/// Names in `ChallengeResponses` that answer one challenge and mean nothing to the others (`RespondToAuthChallengeRequest`,
/// "ChallengeResponses"). Kits send several at once.
const ANSWERS: [&str; 14] = [
    "ANSWER",
    "CREDENTIAL",
    "EMAIL",
    "EMAIL_OTP_CODE",
    "NEW_PASSWORD",
    "PASSWORD",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "SMS_MFA_CODE",
    "SMS_OTP_CODE",
    "SOFTWARE_TOKEN_MFA_CODE",
    "SRP_A",
    "TIMESTAMP",
    "email",
];

/// Refuses names in `ChallengeResponses` that AWS may give a meaning to. Answers to other challenges are ignored.
///
/// # Errors
/// As [`only`].
pub(crate) fn only_answers(responses: &Parameters) -> Result<(), ServiceError> {
    only(responses, "ChallengeResponses", &[&["USERNAME", "SECRET_HASH", "DEVICE_KEY"], &ANSWERS[..]].concat())
}

/// # Errors
/// `InvalidParameterException` for any other name: AWS may give it a meaning that would be missing here.
pub(crate) fn only(parameters: &Parameters, what: &str, known: &[&str]) -> Result<(), ServiceError> {
    match parameters.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(unsupported(format_args!("{name} in {what} yet"))),
        None => Ok(()),
    }
}
