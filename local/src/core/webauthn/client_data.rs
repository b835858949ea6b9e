//! `CollectedClientData`: what the browser says about the page (section 5.8.1).

use serde_json::Value;

use super::origin::may_use;
use super::response::text;
use super::{Expected, Refusal};

/// Which of the two ceremonies.
#[derive(Clone, Copy)]
pub(super) enum Ceremony {
    Create,
    Get,
}

pub(super) struct ClientData(Value);

impl ClientData {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let json: Option<Value> = serde_json::from_slice(bytes).ok();
        json.filter(Value::is_object).map(Self).ok_or(Refusal::Malformed("clientDataJSON"))
    }

    /// In base64url.
    pub(super) fn challenge(&self) -> Result<&str, Refusal> {
        text(&self.0, "challenge").ok_or(Refusal::Malformed("clientDataJSON"))
    }

    pub(super) fn check(&self, ceremony: Ceremony, expected: &Expected<'_>) -> Result<(), Refusal> {
        let kind = match ceremony {
            Ceremony::Create => "webauthn.create",
            Ceremony::Get => "webauthn.get",
        };
        if text(&self.0, "type") != Some(kind) {
            return Err(Refusal::Malformed("clientDataJSON"));
        }
        if self.challenge()? != expected.challenge {
            return Err(Refusal::Challenge);
        }
        let origin = text(&self.0, "origin").ok_or(Refusal::Malformed("clientDataJSON"))?;
        // A page inside a page of another origin could trick the user.
        let is_framed = self.0.get("crossOrigin").is_some_and(|value| *value != Value::Bool(false))
            || self.0.get("topOrigin").is_some();
        if is_framed || !may_use(origin, expected.rp_id) {
            return Err(Refusal::Origin);
        }
        Ok(())
    }
}
