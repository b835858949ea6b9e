//! Addresses that are not verified yet.

use serde::{Deserialize, Serialize};

use super::codes::Code;
use crate::core::wire::error::{ServiceError, invalid};

/// The attributes that messages go to.
pub(super) const ADDRESSES: [&str; 2] = ["email", "phone_number"];

/// What is known about an address that is not verified yet.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Verification {
    /// The address itself, where it counts only once it is verified.
    pub(super) new_value: Option<String>,
    /// The code that was sent last.
    pub(super) code: Option<Code>,
}

/// The address that an attribute name means.
///
/// # Errors
/// `InvalidParameterException`.
pub(crate) fn address(name: &str) -> Result<&'static str, ServiceError> {
    let known = ADDRESSES.into_iter().find(|known| *known == name);
    known.ok_or_else(|| invalid(format!("Attribute {name} can't be verified.")))
}
