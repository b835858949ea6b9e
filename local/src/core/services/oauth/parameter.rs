//! Parameters of the token endpoint.

use super::call::Call;
use super::error::OAuthError;

/// # Errors
/// `invalid_request` when it is absent or empty.
pub(super) fn required(call: &Call<'_>, name: &str) -> Result<String, OAuthError> {
    call.form
        .get(name)
        .map(str::to_owned)
        .ok_or_else(|| OAuthError::new("invalid_request", format!("{name} is missing")))
}
