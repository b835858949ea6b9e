//! What `InitiateAuth`, `RespondToAuthChallenge` and `GetTokensFromRefreshToken` answer.

use std::fmt;

use crate::error::{Error, ResponseProblem};
use crate::json::Value;
use crate::secret::Secret;

/// `AuthenticationResult`.
#[derive(Debug)]
pub struct TokenSet {
    /// `AccessToken`
    pub access: Secret<String>,
    /// `IdToken`
    pub id: Option<Secret<String>>,
    /// `RefreshToken`; a refresh brings one only with rotation.
    pub refresh: Option<Secret<String>>,
    /// `NewDeviceMetadata`, where the pool remembers devices and does not know this one.
    pub device: Option<NewDevice>,
}

/// `NewDeviceMetadata`
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// `DeviceKey`
    pub key: String,
    /// `DeviceGroupKey`
    pub group: String,
}

/// A challenge as the service sent it: the members of its reply.
#[derive(Clone)]
pub struct Challenge(Value);

impl Challenge {
    /// A challenge of a reply. Its name is empty if the reply has none.
    pub const fn new(reply: Value) -> Self {
        Self(reply)
    }

    /// The members of the reply.
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// `ChallengeName`
    pub fn name(&self) -> &str {
        self.0.str("ChallengeName").unwrap_or_default()
    }

    /// `Session`, to be sent back unchanged.
    pub fn session(&self) -> Option<&Value> {
        self.0.get("Session")
    }

    /// The same challenge with the session that a later reply has brought.
    pub(crate) fn with_session_of(mut self, reply: &Value) -> Self {
        if let (Value::Object(members), Some(session)) = (&mut self.0, reply.get("Session")) {
            // Of duplicate members the last counts.
            members.push(("Session".to_owned(), session.clone()));
        }
        self
    }

    /// `ChallengeParameters`: names and texts.
    pub fn parameters(&self) -> &[(String, Value)] {
        self.0.get("ChallengeParameters").and_then(Value::members).unwrap_or_default()
    }

    /// A parameter's value.
    ///
    /// # Errors
    /// `invalid_response` if it is missing.
    pub fn parameter(&self, name: &str) -> Result<&str, Error> {
        self.find(name).ok_or_else(|| Error::invalid_response(ResponseProblem::ChallengeParameter))
    }

    /// A parameter's value, if it is there.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.get("ChallengeParameters")?.str(name)
    }

    /// The texts of a parameter that is a JSON list of texts. Empty if it is missing or is none.
    pub fn list(&self, name: &str) -> Vec<String> {
        texts(self.find(name).and_then(Value::parse).as_ref())
    }

    /// `AvailableChallenges`: the first factors that the user can choose from.
    pub fn available(&self) -> Vec<String> {
        texts(self.0.get("AvailableChallenges"))
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads `AuthenticationResult`.
pub(crate) fn read_tokens(body: &Value) -> Result<TokenSet, Error> {
    let result = body
        .get("AuthenticationResult")
        .ok_or_else(|| Error::invalid_response(ResponseProblem::AuthenticationResult))?;
    Ok(TokenSet {
        access: result.secret("AccessToken").ok_or_else(|| Error::invalid_response(ResponseProblem::AccessToken))?,
        id: result.secret("IdToken"),
        refresh: result.secret("RefreshToken"),
        device: result.get("NewDeviceMetadata").and_then(|device| {
            Some(NewDevice { key: device.string("DeviceKey")?, group: device.string("DeviceGroupKey")? })
        }),
    })
}

/// The texts of a list.
fn texts(list: Option<&Value>) -> Vec<String> {
    let elements = list.and_then(Value::elements).unwrap_or_default();
    elements.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
