//! `ConfirmSignUp`

use super::wire;
use crate::json::Value;
use crate::platform::Request;
use crate::secret::Secret;

/// The operation's input.
#[derive(Debug)]
pub struct Input<'a> {
    /// `ClientId`
    pub client_id: &'a str,
    /// `Username`
    pub username: &'a str,
    /// `ConfirmationCode`
    pub code: &'a Secret<String>,
    /// `ForceAliasCreation`: take the alias over from another user who has it.
    pub force_alias_creation: Option<bool>,
    /// `ClientMetadata`, for the triggers.
    pub client_metadata: &'a [(String, String)],
}

/// Builds the request.
pub fn request(url: &str, input: &Input<'_>) -> Request {
    let body = Value::object([
        ("ClientId", input.client_id.into()),
        ("Username", input.username.into()),
        ("ConfirmationCode", input.code.into()),
    ])
    .with_some("ForceAliasCreation", input.force_alias_creation)
    .with_some("ClientMetadata", wire::metadata(input.client_metadata));
    wire::request(url, "ConfirmSignUp", &body)
}
