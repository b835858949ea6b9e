//! The string maps `AuthParameters` and `ChallengeResponses`.

use std::collections::BTreeMap;

use crate::core::error::{ServiceError, missing_parameter, unsupported};

/// A string map of a request.
pub(super) type Parameters = BTreeMap<String, String>;

/// # Errors
/// `InvalidParameterException` when it is absent or empty.
pub(super) fn required<'a>(parameters: &'a Parameters, name: &str) -> Result<&'a str, ServiceError> {
    match parameters.get(name) {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(missing_parameter(name)),
    }
}

pub(super) fn optional<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.get(name).map(String::as_str)
}

/// # Errors
/// `InvalidParameterException` for any other name: AWS may give it a meaning that would be missing here.
pub(super) fn only(parameters: &Parameters, what: &str, known: &[&str]) -> Result<(), ServiceError> {
    match parameters.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(unsupported(format_args!("{name} in {what} yet"))),
        None => Ok(()),
    }
}
