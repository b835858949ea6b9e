//! Reading the JSON that browsers make of credentials.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::Refusal;

/// The members that both kinds of response share.
pub(super) struct Credential<'a> {
    /// In base64url.
    pub(super) id: &'a str,
    pub(super) response: &'a Value,
    /// `platform` or `cross-platform`.
    pub(super) attachment: Option<&'a str>,
}

impl<'a> Credential<'a> {
    pub(super) fn read(json: &'a Value) -> Result<Self, Refusal> {
        let id = text(json, "id").ok_or(Refusal::Malformed("id"))?;
        if text(json, "rawId") != Some(id) || decode(id).is_none_or(|bytes| bytes.is_empty()) {
            return Err(Refusal::Malformed("rawId"));
        }
        if text(json, "type") != Some("public-key") {
            return Err(Refusal::Malformed("type"));
        }
        if !json.get("clientExtensionResults").is_some_and(Value::is_object) {
            return Err(Refusal::Malformed("clientExtensionResults"));
        }
        let attachment = match json.get("authenticatorAttachment") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_str().ok_or(Refusal::Malformed("authenticatorAttachment"))?),
        };
        let response = json.get("response").filter(|value| value.is_object()).ok_or(Refusal::Malformed("response"))?;
        Ok(Self { id, response, attachment })
    }

    /// A binary member of the response.
    pub(super) fn bytes(&self, name: &'static str) -> Result<Vec<u8>, Refusal> {
        text(self.response, name).and_then(decode).ok_or(Refusal::Malformed(name))
    }
}

pub(super) fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name)?.as_str()
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
