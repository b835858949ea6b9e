//! What to do about an error: `reason` and `recoverySuggestion`.

use super::{Error, ErrorKind, FlowFault, NetworkFailure, Reason, StorageFailure, TokenFault};

impl Error {
    /// What exactly happened, where the name alone does not say it.
    pub fn reason(&self) -> Option<&'static str> {
        match self.kind() {
            ErrorKind::Service(error) => error.reason().map(Reason::as_str),
            ErrorKind::OAuth(error) => error.reason(),
            ErrorKind::Flow(fault) => Some(fault.as_str()),
            ErrorKind::Token(fault) => Some(fault.as_str()),
            ErrorKind::StorageCleared => Some("storage_cleared"),
            _ => None,
        }
    }

    /// What to do about it, if there is something to say.
    pub fn recovery_suggestion(&self) -> Option<&'static str> {
        Some(match self.kind() {
            ErrorKind::Service(error) => match (error.reason(), error.name.as_str()) {
                (Some(Reason::AlreadyConfirmed), _) => "Sign in: the sign-up is confirmed.",
                (Some(Reason::AttemptLimit), _) => "Wait some minutes before the next attempt; each one prolongs it.",
                (Some(Reason::ClientHasSecret), _) => "Use an app client without a secret: a browser cannot keep one.",
                (Some(Reason::SessionExpired | Reason::SessionUsed), _) => "Start the sign-in again.",
                (Some(Reason::RefreshReused), _) => {
                    "Sign in again: a page was closed before it could store the new refresh token."
                }
                (Some(Reason::UserDisabled), _) => "Ask an administrator to enable the user.",
                (Some(Reason::AccessRevoked), _) => "Sign in again.",
                (Some(Reason::GuestsNotAllowed), _) => "Sign in first, or allow guests in the identity pool.",
                (Some(Reason::LoginExpired), _) => "Sign in at the provider again.",
                (Some(Reason::LoginInvalid | Reason::LoginsMismatch), _) => {
                    "Check the identity pool's providers: issuer and client id have to be the token's."
                }
                (Some(Reason::RoleAmbiguous), _) => {
                    "Choose one of the user's roles with roleArn, or give the role mapping a default."
                }
                (_, "ResourceConflictException") => "The login belongs to another identity: unlink it there first.",
                (_, "InvalidIdentityPoolConfigurationException") => {
                    "Check the identity pool's roles, and that their trust policies name the pool."
                }
                (_, "CodeMismatchException") => {
                    "Enter the latest code; older ones stop working when a new one is sent."
                }
                (_, "ExpiredCodeException") => "Ask for a new code with resendSignUpCode.",
                (_, "UserNotConfirmedException") => "Confirm the sign-up with confirmSignUp.",
                (_, "PasswordResetRequiredException") => "Reset the password.",
                (_, "InvalidPasswordException") => "Choose a password that meets the pool's policy.",
                (_, "UsernameExistsException") => "Sign in, or choose another user name.",
                (_, "ResourceNotFoundException") => "Check the ids and the region in the configuration.",
                _ => return None,
            },
            ErrorKind::OAuth(error) => match error.error.as_str() {
                "invalid_scope" => "Check oauth.scopes against the scopes that the app client may ask for.",
                "invalid_client" | "unauthorized_client" => {
                    "Check userPoolClientId, that the client has no secret, and that it allows the code grant."
                }
                "login_required" => "Sign in again, without prompt: 'none'.",
                "invalid_token" => "Sign in through the hosted UI with the scope openid.",
                _ => "Start the sign-in again.",
            },
            ErrorKind::Flow(FlowFault::OtherCallback) => {
                "Register each callback URL with one server only, and serve it without redirecting it."
            }
            ErrorKind::Flow(_) => "Start the sign-in again.",
            ErrorKind::Token(TokenFault::UnknownKey | TokenFault::Signature | TokenFault::Issuer) => {
                "Check userPoolId, and the domain or endpoint: they have to be of one user pool."
            }
            ErrorKind::Token(TokenFault::Expired | TokenFault::IssuedFarOff | TokenFault::NotYetValid) => {
                "Get a new token. If new ones are refused too, check this device's clock."
            }
            ErrorKind::Token(_) => {
                "Start the sign-in again; check what stands between this page and Cognito if it stays."
            }
            ErrorKind::Network(NetworkFailure::TooLarge) | ErrorKind::Reply(_) | ErrorKind::Srp(_) => {
                "Check the endpoint and what stands between it and this page."
            }
            ErrorKind::Network(NetworkFailure::NoFetch) => {
                "Check what has replaced globalThis.fetch: a mock, a polyfill or a monitoring script."
            }
            ErrorKind::Network(_) => {
                "Check the connection and try again; a wrong endpoint or a CORS block looks the same."
            }
            ErrorKind::Challenge(_) => {
                "Change the user pool or app client so that it does not ask for it, or update poolpass."
            }
            ErrorKind::Storage(StorageFailure::Read) => "Allow this site to store data, or use storage: 'memory'.",
            ErrorKind::Storage(StorageFailure::Write) => "Free storage for this site, or use storage: 'memory'.",
            ErrorKind::LockTimeout => "Try again; close frozen tabs of this site if it stays.",
            ErrorKind::SignedOut => "Sign in before calling this API.",
            ErrorKind::StorageCleared => "Sign in again; the browser or a script cleared this site's storage.",
            ErrorKind::NoRule => "Add the origin to origins; with auth: 'none' if it gets none.",
            ErrorKind::NoCredentials => "Sign in, or set allowGuestAccess and allow guests in the identity pool.",
            ErrorKind::Random => "Use a browser with crypto.getRandomValues.",
            ErrorKind::NoCrypto => "Serve the page over https, or from localhost.",
            ErrorKind::Aborted | ErrorKind::Input(_) | ErrorKind::Config(_) => return None,
        })
    }
}
