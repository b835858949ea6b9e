//! A code that was sent for signing in.

use serde::{Deserialize, Serialize};

use super::codes::{Code, CodeAnswer};
use crate::core::wire::error::{ServiceError, code_expired};

/// A code that was sent for signing in, and where it went.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct SentCode {
    code: Code,
    pub(crate) address: String,
    /// Whether the user gets the address only by proving it.
    pub(super) is_new: bool,
}

impl SentCode {
    pub(crate) fn new(text: String, attribute: &str, address: String, life_ms: u64, now_ms: u64) -> Self {
        Self { code: Code::new(text, attribute, life_ms, now_ms), address, is_new: false }
    }

    /// A code to an address that the user is about to prove.
    pub(crate) fn of_new_address(self) -> Self {
        Self { is_new: true, ..self }
    }

    /// The attribute that the address is a value of.
    pub(crate) fn attribute(&self) -> &str {
        &self.code.attribute
    }

    /// # Errors
    /// `CodeMismatchException`, `ExpiredCodeException`.
    pub(crate) fn check(&self, given: &str, now_ms: u64) -> Result<(), ServiceError> {
        match self.code.check(given, now_ms) {
            CodeAnswer::Expired => Err(code_expired()),
            CodeAnswer::Right => Ok(()),
            CodeAnswer::Wrong => Err(wrong_code()),
        }
    }
}

/// The refusal of a code that was never sent or is another.
pub(crate) fn wrong_code() -> ServiceError {
    ServiceError::new("CodeMismatchException", "Invalid code or auth state for the user.")
}
