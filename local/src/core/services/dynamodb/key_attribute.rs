//! The attributes that keys are made of.

use serde::Deserialize;

use super::exceptions::validation;
use super::value::Value;
use crate::core::wire::error::ServiceError;

/// An attribute that is part of the key.
#[derive(Clone)]
pub(super) struct KeyAttribute {
    pub(super) name: String,
    pub(super) kind: KeyKind,
}

/// The types that keys may have.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub(super) enum KeyKind {
    B,
    N,
    S,
}

impl KeyKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::B => "B",
            Self::N => "N",
            Self::S => "S",
        }
    }
}

impl KeyAttribute {
    /// Whether a value can be compared with this key.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn check(&self, value: &Value) -> Result<(), ServiceError> {
        let text = "One or more parameter values were invalid: Condition parameter type does not match schema type";
        if value.kind() == self.kind.name() { Ok(()) } else { Err(validation(text)) }
    }
}
