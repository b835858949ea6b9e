//! Why a sign-in through a provider ends without a user, in the words that reach the app.

use crate::core::wire::error::ServiceError;
use crate::core::world::outbound::OutboundError;
use crate::core::world::outside::Waiting;

/// `error` and `error_description` of the redirect to the app.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: String,
    pub(crate) description: String,
}

impl From<Waiting> for Refusal {
    fn from(_: Waiting) -> Self {
        Self::new("server_error", "The sign-in waits for the IdP")
    }
}

impl Refusal {
    pub(crate) fn new(error: &str, description: impl Into<String>) -> Self {
        Self { error: error.into(), description: description.into() }
    }

    /// Most of what goes wrong with a provider is an `invalid_request` for Cognito.
    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    /// No reply from an endpoint, called `what`.
    pub(crate) fn no_reply(what: &str, error: OutboundError) -> Self {
        Self::invalid_request(match error {
            OutboundError::Timeout if what == "jwks uri" => "Timeout in calling jwks uri".into(),
            OutboundError::Timeout => format!("Timeout occurred in calling IdP {what}"),
            OutboundError::Connection => "Connection reset".into(),
            OutboundError::Forbidden => {
                format!("poolpass-local does not call this {what}: it needs https, or http on this machine")
            }
            OutboundError::Untrusted => format!("This machine does not trust the certificate of the IdP {what}"),
            OutboundError::TooLarge => format!("The reply of the IdP {what} is too large"),
        })
    }
}

impl From<ServiceError> for Refusal {
    fn from(error: ServiceError) -> Self {
        Self::invalid_request(error.message.into_owned())
    }
}
