//! `ConfirmSignUp`

use super::TARGET;
use crate::aws_json;
use crate::json::Writer;
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
    let mut body = Writer::object();
    body.str("ClientId", input.client_id);
    body.str("Username", input.username);
    body.secret("ConfirmationCode", input.code);
    if let Some(force) = input.force_alias_creation {
        body.bool("ForceAliasCreation", force);
    }
    body.string_map_if_any("ClientMetadata", input.client_metadata);
    aws_json::request(url, TARGET, "ConfirmSignUp", body)
}
