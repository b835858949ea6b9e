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
}

/// A challenge as the service sent it.
#[derive(Debug)]
pub struct Challenge {
    /// `ChallengeName`
    pub name: String,
    /// `Session`, to be sent back unchanged.
    pub session: Option<Secret<String>>,
    /// `ChallengeParameters`
    pub parameters: Vec<(String, Secret<String>)>,
}

impl Challenge {
    /// A parameter's value.
    ///
    /// # Errors
    /// `invalid_response` if it is missing.
    pub fn parameter(&self, name: &str) -> Result<&str, Error> {
        self.parameters
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.expose_secret().as_str()))
            .ok_or_else(|| Error::invalid_response(ResponseProblem::ChallengeParameter))
    }
}

/// Reads the reply.
pub(super) fn read(body: &Value) -> Result<AuthReply, Error> {
    if let Some(name) = body.string("ChallengeName") {
        let parameters = body.get("ChallengeParameters").and_then(Value::members).unwrap_or_default();
        let texts = parameters.iter().filter_map(|(key, value)| Some((key.clone(), Secret::from(value.as_str()?))));
        return Ok(AuthReply::Challenge(Challenge {
            name,
            session: body.secret("Session"),
            parameters: texts.collect(),
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
    })
}
