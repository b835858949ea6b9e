//! What `InitiateAuth`, `RespondToAuthChallenge` and `GetTokensFromRefreshToken` answer.

use crate::error::{Error, ResponseProblem};
use crate::json::Value;
use crate::secret::Secret;

/// The next step of an authentication.
#[derive(Debug)]
pub enum AuthReply {
    /// `AuthenticationResult`: done.
    Tokens(TokenSet),
    /// `ChallengeName` and what belongs to it.
    Challenge(Challenge),
}

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

/// A challenge as the service sent it.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// `ChallengeName`
    pub name: String,
    /// `Session`, to be sent back unchanged.
    pub session: Option<Secret<String>>,
    /// `ChallengeParameters`
    pub parameters: Vec<(String, Secret<String>)>,
    /// `AvailableChallenges`: the first factors that the user can choose from.
    pub available: Vec<String>,
}

impl Challenge {
    /// A parameter's value.
    ///
    /// # Errors
    /// `invalid_response` if it is missing.
    pub fn parameter(&self, name: &str) -> Result<&str, Error> {
        self.find(name).ok_or_else(|| Error::invalid_response(ResponseProblem::ChallengeParameter))
    }

    /// A parameter's value, if it is there.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find_map(|(key, value)| (key == name).then_some(value.expose_secret().as_str()))
    }

    /// The texts of a parameter that is a JSON list of texts. Empty if it is missing or is none.
    pub fn list(&self, name: &str) -> Vec<String> {
        texts(self.find(name).and_then(Value::parse).as_ref())
    }
}

/// Reads the reply.
pub(super) fn read(body: &Value) -> Result<AuthReply, Error> {
    if let Some(name) = body.string("ChallengeName") {
        let parameters = body.get("ChallengeParameters").and_then(Value::members).unwrap_or_default();
        let values = parameters.iter().filter_map(|(key, value)| Some((key.clone(), Secret::from(value.as_str()?))));
        return Ok(AuthReply::Challenge(Challenge {
            name,
            session: body.secret("Session"),
            parameters: values.collect(),
            available: texts(body.get("AvailableChallenges")),
        }));
    }
    Ok(AuthReply::Tokens(read_tokens(body)?))
}

/// Reads `AuthenticationResult`.
pub(super) fn read_tokens(body: &Value) -> Result<TokenSet, Error> {
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
