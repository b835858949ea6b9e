//! What is wrong with a login token, in the words of identity pools.

use serde_json::{Map, Value};

use crate::core::wire::error::{ServiceError, not_authorized};

pub(super) fn not_supported() -> ServiceError {
    not_authorized("Token is not from a supported provider of this identity pool.")
}

pub(super) const NO_TOKEN: &str = "Not a valid OpenId Connect identity token.";

pub(super) const WRONG_AUDIENCE: &str = "Incorrect token audience.";

pub(super) const WRONG_ISSUER: &str = "Issuer doesn't match providerName";

pub(super) const WRONG_SIGNATURE: &str = "Couldn't verify signed token.";

pub(super) fn invalid_token(reason: impl std::fmt::Display) -> ServiceError {
    not_authorized(format!("Invalid login token. {reason}"))
}

/// Refuses a token after its `exp`, in seconds.
pub(super) fn check_expiry(claims: &Map<String, Value>, now: u64, skew: u64) -> Result<(), ServiceError> {
    let expires = claims.get("exp").and_then(Value::as_f64).unwrap_or_default();
    if now as f64 >= expires + skew as f64 {
        return Err(invalid_token(format_args!("Token expired: {expires} >= {now}")));
    }
    Ok(())
}

/// A claim that is a text and not empty.
pub(super) fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> Option<&'c str> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}
