//! How to recover from an error: `reason` and `recoverySuggestion`.

use super::{Error, ErrorKind, FlowFault, NetworkFailure, Reason, StorageFailure, TokenFault};

impl Error {
    /// The exact cause, if the name has several.
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

    /// How to recover, if there is advice.
    pub fn recovery_suggestion(&self) -> Option<&'static str> {
        Some(match self.kind() {
            ErrorKind::Service(error) => match (error.reason(), error.name.as_str()) {
                (Some(Reason::AlreadyConfirmed), _) => "The sign-up is already confirmed: sign in.",
                (Some(Reason::AttemptLimit), _) => {
                    "Wait a few minutes before the next attempt: each failed attempt makes the wait longer."
                }
                (Some(Reason::ClientHasSecret), _) => "Use an app client without a secret: a browser cannot keep one.",
                (Some(Reason::SessionExpired | Reason::SessionUsed), _) => "Start the sign-in again.",
                (Some(Reason::RefreshReused), _) => {
                    "Sign in again: a page was closed before it could store the new refresh token."
                }
                (Some(Reason::UserDisabled), _) => "Ask an administrator to enable the user.",
                (Some(Reason::AccessRevoked), _) => "Sign in again.",
                (Some(Reason::GuestsNotAllowed), _) => "Sign in first, or allow guest access in the identity pool.",
                (Some(Reason::LoginExpired), _) => "Sign in with the provider again.",
                (Some(Reason::LoginInvalid | Reason::LoginsMismatch), _) => {
                    "Check the identity pool's providers: their issuer and client ID must match the token's."
                }
                (Some(Reason::RoleAmbiguous), _) => {
                    "Choose one of the user's roles with roleArn, or add a default role to the role mapping."
                }
                (_, "ResourceConflictException") => {
                    "The login is linked to another identity: unlink it from that identity first."
                }
                (_, "InvalidIdentityPoolConfigurationException") => {
                    "Check the identity pool's roles and their trust policies, which must name the pool."
                }
                (_, "CodeMismatchException") => "Enter the latest code: a new code replaces the older ones.",
                (_, "ExpiredCodeException") => "Request a new code with resendSignUpCode.",
                (_, "UserNotConfirmedException") => "Confirm the sign-up with confirmSignUp.",
                (_, "PasswordResetRequiredException") => "Reset the password in the hosted UI.",
                (_, "InvalidPasswordException") => "Choose a password that meets the pool's policy.",
                (_, "UsernameExistsException") => "Sign in, or choose another user name.",
                (_, "ResourceNotFoundException") => "Check the pool IDs and the client ID in the configuration.",
                _ => return None,
            },
            ErrorKind::OAuth(error) => match error.error.as_str() {
                "invalid_scope" => "Check oauth.scopes: the app client must allow every scope.",
                "invalid_client" | "unauthorized_client" => {
                    "Check userPoolClientId. The client must have no secret and allow the authorization code grant."
                }
                "login_required" => "Sign in again, without prompt: 'none'.",
                "invalid_token" => "Sign in through the hosted UI with the openid scope.",
                _ => "Start the sign-in again.",
            },
            ErrorKind::Flow(FlowFault::OtherCallback) => {
                "Register each callback URL with one server only, and serve it without redirecting it."
            }
            ErrorKind::Flow(_) => "Start the sign-in again.",
            ErrorKind::Token(TokenFault::UnknownKey | TokenFault::Signature | TokenFault::Issuer) => {
                "Check userPoolId and the domain or endpoint: they must belong to the same user pool."
            }
            ErrorKind::Token(TokenFault::Expired | TokenFault::IssuedAt | TokenFault::NotYetValid) => {
                "Get a new token. If new ones are refused too, check this device's clock."
            }
            ErrorKind::Token(_) => {
                "Start the sign-in again. If it fails again, check for a proxy between this page and Cognito."
            }
            ErrorKind::Network(NetworkFailure::TooLarge, _) | ErrorKind::InvalidResponse(_) | ErrorKind::Srp(_) => {
                "Check the endpoint, and for a proxy between it and this page."
            }
            ErrorKind::Network(NetworkFailure::NoFetch, _) => {
                "Check for a mock, a polyfill or a monitoring script that replaced globalThis.fetch."
            }
            ErrorKind::Network(..) => {
                "Check the connection and try again. A wrong endpoint and a CORS block look the same to a page."
            }
            ErrorKind::Challenge(name) => challenge(name),
            ErrorKind::Storage(StorageFailure::Read) => "Allow this site to store data, or use storage: 'memory'.",
            ErrorKind::Storage(StorageFailure::Write) => "Free some of this site's storage, or use storage: 'memory'.",
            ErrorKind::LockTimeout => "Try again. If it fails again, close frozen tabs of this site.",
            ErrorKind::SignedOut => "Sign in before calling this API.",
            ErrorKind::StorageCleared => "Sign in again: the browser or a script cleared this site's storage.",
            ErrorKind::OriginNotAllowed(_) => "Add the origin to origins, with auth: 'none' if it needs no credential.",
            ErrorKind::NoCredentials => {
                "Sign in, or allow guest access: in the identity pool, and by allowGuestAccess."
            }
            ErrorKind::Random => "Use a browser with crypto.getRandomValues.",
            ErrorKind::NoCrypto => "Serve the page over https, or from localhost.",
            ErrorKind::Aborted | ErrorKind::Input(_) | ErrorKind::Config(_) => return None,
        })
    }
}

/// How to sign in although the kit cannot answer a challenge ("ChallengeName", `RespondToAuthChallenge`, Amazon Cognito
/// API Reference). The hosted UI asks for passwords and second factors itself.
fn challenge(name: &str) -> &'static str {
    match name {
        "NEW_PASSWORD_REQUIRED" => {
            "The user has a temporary password (FORCE_CHANGE_PASSWORD) and must choose a new one. Let the user sign in \
             through the hosted UI (signInWithRedirect), or set a permanent password with \
             `aws cognito-idp admin-set-user-password --permanent`."
        }
        "SMS_MFA" | "SOFTWARE_TOKEN_MFA" | "EMAIL_OTP" | "SMS_OTP" | "SELECT_MFA_TYPE" | "MFA_SETUP" => {
            "The user must enter or set up a second factor. Let the user sign in through the hosted UI \
             (signInWithRedirect)."
        }
        "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER" => {
            "The user pool remembers devices. Turn device tracking off, or let the user sign in through the hosted UI \
             (signInWithRedirect)."
        }
        "CUSTOM_CHALLENGE" => "Lambda triggers define this challenge: let them issue tokens after the password.",
        _ => "Let the user sign in through the hosted UI (signInWithRedirect), or update poolpass.",
    }
}
