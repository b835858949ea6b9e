//! What to do about an error: `reason` and `recoverySuggestion`.

use super::{Error, NetworkFailure, Reason, StorageFailure};

impl Error {
    /// What exactly happened, where the name alone does not say it.
    pub fn reason(&self) -> Option<&'static str> {
        self.service()?.reason().map(Reason::as_str)
    }

    /// What to do about it, if there is something to say.
    pub fn recovery_suggestion(&self) -> Option<&'static str> {
        Some(match self {
            Self::Service(error) => match (error.reason(), error.name.as_str()) {
                (Some(Reason::AttemptLimit), _) => "Wait some minutes before the next attempt; each one prolongs it.",
                (Some(Reason::ClientHasSecret), _) => "Use an app client without a secret: a browser cannot keep one.",
                (Some(Reason::SessionExpired | Reason::SessionUsed), _) => "Start the sign-in again.",
                (Some(Reason::UserDisabled), _) => "Ask an administrator to enable the user.",
                (Some(Reason::AccessRevoked), _) => "Sign in again.",
                (_, "CodeMismatchException") => {
                    "Enter the latest code; older ones stop working when a new one is sent."
                }
                (_, "ExpiredCodeException") => "Ask for a new code with resendSignUpCode.",
                (_, "UserNotConfirmedException") => "Confirm the sign-up with confirmSignUp.",
                (_, "PasswordResetRequiredException") => "Reset the password.",
                (_, "InvalidPasswordException") => "Choose a password that meets the pool's policy.",
                (_, "UsernameExistsException") => "Sign in, or choose another user name.",
                (_, "ResourceNotFoundException") => "Check userPoolClientId, userPoolId and region.",
                _ => return None,
            },
            Self::Network(NetworkFailure::TooLarge) | Self::Reply(_) | Self::Srp(_) => {
                "Check the endpoint and what stands between it and this page."
            }
            Self::Network(_) => "Check the connection and try again; a wrong endpoint or a CORS block looks the same.",
            Self::Challenge(_) => {
                "Change the user pool or app client so that it does not ask for it, or update poolpass."
            }
            Self::Storage(StorageFailure::Read) => "Allow this site to store data, or use storage: 'memory'.",
            Self::Storage(StorageFailure::Write) => "Free storage for this site, or use storage: 'memory'.",
            Self::LockTimeout => "Try again; close frozen tabs of this site if it stays.",
            Self::SignedOut => "Sign in before calling this API.",
            Self::Random => "Use a browser with crypto.getRandomValues.",
            Self::Aborted | Self::Input(_) | Self::Config { .. } => return None,
        })
    }
}
