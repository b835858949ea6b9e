//! Every error of the kit, as one closed type.
//!
//! The kind of an error is its cause: the service's error ([`ErrorKind::Service`]), the network, a malformed response, bad
//! input, the storage. Texts are static ([`texts`]) and name a setting, an option or a host. They never contain
//! user input or a secret of the server.

mod misuse;
mod passkey;
mod problem;
mod reason;
mod redirect;
mod service;
mod sign_in;
pub mod texts;

use std::borrow::Cow;
use std::fmt;

pub use misuse::{EmptyField, Misuse};
pub use passkey::{Ceremony, PasskeyFault};
pub use problem::{ResponseProblem, SettingProblem, SrpProblem, ValueProblem};
pub use reason::Reason;
pub use redirect::{FlowFault, OAuthError, TokenFault};
pub use service::ServiceError;
pub use sign_in::SignInFault;

/// An error: a pointer to an [`ErrorKind`], so that results stay as small as a register.
#[derive(Clone, Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of error.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The service answered with an error.
    Service(ServiceError),
    /// The sign-in page, or the token endpoint behind it, answered with an error.
    OAuth(OAuthError),
    /// The response that came back to the redirect URI is not accepted.
    Flow(FlowFault),
    /// A token failed verification.
    Token(TokenFault),
    /// There was no answer: the cause, and the host that was asked.
    Network(NetworkFailure, String),
    /// The caller's `AbortSignal` fired.
    Aborted,
    /// The answer is malformed: where.
    InvalidResponse(ResponseProblem),
    /// The step of a sign-in cannot be answered.
    SignIn(SignInFault),
    /// The server sent a value that would break SRP: which.
    Srp(SrpProblem),
    /// A function of the app's failed: what it said.
    Callback(String),
    /// The caller's input is bad.
    Input(Misuse),
    /// A setting is bad.
    Config(BadSetting),
    /// The storage failed.
    Storage(StorageFailure),
    /// Another tab has held the session's lock for too long.
    LockTimeout,
    /// Nobody is signed in.
    SignedOut,
    /// The stored session was removed by something other than a sign-out.
    StorageCleared,
    /// `origins` has no rule for a request's origin: the origin.
    OriginNotAllowed(String),
    /// Nobody is signed in, and guest access is not allowed.
    NoCredentials,
    /// The browser's random number generator failed.
    Random,
    /// There is no WebCrypto to verify a signature with.
    NoCrypto,
    /// The browser gave no passkey.
    Passkey(PasskeyFault, Ceremony),
}

/// A bad setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Path of the setting, such as `userPool.userPoolId`, or Amplify's name for it.
    pub key: String,
    /// The problem.
    pub problem: SettingProblem,
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NetworkFailure {
    /// No connection, or it broke, or the browser blocked the answer (CORS).
    Unreachable,
    /// No complete answer before the deadline.
    TimedOut,
    /// The answer was larger than any answer of the service.
    TooLarge,
    /// `globalThis.fetch` is missing, or what it returned is not a response that can be read.
    NoFetch,
}

/// How the storage failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageFailure {
    /// Reading failed.
    Read,
    /// Writing failed: full, blocked or broken.
    Write,
}

impl Error {
    /// The kind.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A malformed answer.
    pub(crate) fn invalid_response(problem: ResponseProblem) -> Self {
        ErrorKind::InvalidResponse(problem).into()
    }

    /// A value that would break SRP.
    pub(crate) fn srp(problem: SrpProblem) -> Self {
        ErrorKind::Srp(problem).into()
    }

    /// The name that programs match on: Cognito's exception name where there is one, else Amplify's name.
    pub fn name(&self) -> &str {
        match &*self.0 {
            ErrorKind::Service(error) => &error.name,
            ErrorKind::OAuth(_) | ErrorKind::Flow(_) => "OAuthSignInException",
            ErrorKind::Token(_) => "TokenInvalidException",
            ErrorKind::Network(..) => "NetworkError",
            ErrorKind::Aborted => "AbortError",
            ErrorKind::InvalidResponse(_) => "InvalidResponseException",
            ErrorKind::SignIn(_) => "SignInException",
            ErrorKind::Srp(_) => "SrpRefusedException",
            ErrorKind::Callback(_) => "CallbackException",
            ErrorKind::Input(misuse) => misuse.name(),
            ErrorKind::Config(_) => "AuthConfigException",
            ErrorKind::Storage(_) => "StorageException",
            ErrorKind::LockTimeout => "LockTimeoutException",
            ErrorKind::SignedOut | ErrorKind::StorageCleared => "UserUnAuthenticatedException",
            ErrorKind::NoCredentials => "NoCredentialsException",
            ErrorKind::OriginNotAllowed(_) => "OriginNotAllowedException",
            ErrorKind::Random => "RandomSourceException",
            ErrorKind::NoCrypto => "CryptoException",
            ErrorKind::Passkey(fault, ceremony) => fault.name(*ceremony),
        }
    }

    /// The stable code of the kind of error, in snake case. See [`Error::CODES`].
    pub fn code(&self) -> &'static str {
        match &*self.0 {
            ErrorKind::Service(_) => "service",
            ErrorKind::OAuth(_) => "oauth",
            ErrorKind::Flow(_) => "redirect_flow",
            ErrorKind::Token(_) => "token_invalid",
            ErrorKind::Network(NetworkFailure::Unreachable, _) => "network",
            ErrorKind::Network(NetworkFailure::TimedOut, _) => "timeout",
            ErrorKind::Network(NetworkFailure::TooLarge, _) => "reply_too_large",
            ErrorKind::Network(NetworkFailure::NoFetch, _) => "no_fetch",
            ErrorKind::Aborted => "aborted",
            ErrorKind::InvalidResponse(_) => "invalid_response",
            ErrorKind::SignIn(_) => "sign_in",
            ErrorKind::Srp(_) => "srp_refused",
            ErrorKind::Callback(_) => "callback",
            ErrorKind::Input(_) => "bad_input",
            ErrorKind::Config(_) => "bad_config",
            ErrorKind::Storage(StorageFailure::Read) => "storage_read",
            ErrorKind::Storage(StorageFailure::Write) => "storage_write",
            ErrorKind::LockTimeout => "lock_timeout",
            ErrorKind::SignedOut | ErrorKind::StorageCleared => "signed_out",
            ErrorKind::NoCredentials => "no_credentials",
            ErrorKind::OriginNotAllowed(_) => "origin_not_allowed",
            ErrorKind::Random => "no_random",
            ErrorKind::NoCrypto => "no_crypto",
            ErrorKind::Passkey(..) => "passkey",
        }
    }

    /// All codes.
    pub const CODES: [&'static str; 24] = [
        "service",
        "oauth",
        "redirect_flow",
        "token_invalid",
        "network",
        "timeout",
        "reply_too_large",
        "aborted",
        "invalid_response",
        "sign_in",
        "srp_refused",
        "callback",
        "bad_input",
        "bad_config",
        "storage_read",
        "storage_write",
        "lock_timeout",
        "signed_out",
        "no_credentials",
        "origin_not_allowed",
        "no_random",
        "no_fetch",
        "no_crypto",
        "passkey",
    ];

    /// The exact cause, if the name has several.
    pub fn reason(&self) -> Option<&'static str> {
        match self.kind() {
            ErrorKind::Service(error) => error.reason().map(Reason::as_str),
            ErrorKind::OAuth(error) => error.reason(),
            ErrorKind::Flow(fault) => Some(fault.as_str()),
            ErrorKind::Token(fault) => Some(fault.as_str()),
            ErrorKind::SignIn(fault) => Some(fault.as_str()),
            ErrorKind::StorageCleared => Some("storage_cleared"),
            ErrorKind::Passkey(fault, _) => Some(fault.as_str()),
            _ => None,
        }
    }

    /// The server's own text, if it sent one.
    pub fn server_text(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::Service(error) => Some(&error.message),
            ErrorKind::OAuth(error) if !error.description.is_empty() => Some(&error.description),
            _ => None,
        }
    }

    /// What the message names: a setting, an option, an origin, a host.
    pub fn detail(&self) -> Option<&str> {
        match self.kind() {
            ErrorKind::OAuth(error) => Some(&error.error),
            ErrorKind::Token(fault) => Some(fault.as_str()),
            ErrorKind::Network(_, host) => Some(host),
            ErrorKind::Callback(said) => Some(said),
            ErrorKind::Input(misuse) => misuse.detail(),
            ErrorKind::Config(bad) => Some(&bad.key),
            ErrorKind::OriginNotAllowed(origin) => Some(origin),
            _ => None,
        }
    }

    /// The place of the message among those of the code, in [`texts::MESSAGES`].
    pub fn message_number(&self) -> usize {
        match self.kind() {
            ErrorKind::OAuth(error) => usize::from(error.error == "insufficient_scope"),
            ErrorKind::Flow(fault) => *fault as usize,
            ErrorKind::Passkey(fault, _) => *fault as usize,
            ErrorKind::InvalidResponse(problem) => *problem as usize,
            ErrorKind::SignIn(fault) => *fault as usize,
            ErrorKind::Srp(problem) => *problem as usize,
            ErrorKind::Input(misuse) => misuse.number(),
            ErrorKind::Config(bad) => bad.problem as usize,
            ErrorKind::StorageCleared => 1,
            _ => 0,
        }
    }

    /// The message for people. Errors of the service have the service's own text.
    pub fn message(&self) -> Cow<'_, str> {
        match self.server_text() {
            Some(text) => Cow::Borrowed(text),
            None => texts::message(self.code(), self.message_number(), self.detail()),
        }
    }

    /// How to recover, if there is advice.
    pub fn recovery_suggestion(&self) -> Option<&'static str> {
        texts::suggestion(self.code(), [self.reason(), Some(self.name()), self.detail()])
    }

    /// Whether the same call may succeed later without a change or, after a wrong code, with another code.
    pub fn retryable(&self) -> bool {
        self.is_transient() || self.service().is_some_and(ServiceError::is_wrong_code)
    }

    /// Whether the same call may succeed later without a change.
    pub(crate) fn is_transient(&self) -> bool {
        match &*self.0 {
            ErrorKind::Service(error) => error.retryable(),
            ErrorKind::OAuth(error) => error.retryable(),
            ErrorKind::Network(failure, _) => !matches!(failure, NetworkFailure::TooLarge | NetworkFailure::NoFetch),
            ErrorKind::LockTimeout => true,
            ErrorKind::Passkey(fault, _) => fault.retryable(),
            _ => false,
        }
    }

    /// Whether the server rejected the call unread because there were too many.
    pub(crate) fn throttled(&self) -> bool {
        match &*self.0 {
            ErrorKind::Service(error) => error.throttled(),
            ErrorKind::OAuth(error) => error.throttled(),
            _ => false,
        }
    }

    /// The service's error, if it is one.
    pub fn service(&self) -> Option<&ServiceError> {
        match &*self.0 {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The HTTP status of the error response.
    pub fn status(&self) -> Option<u16> {
        match &*self.0 {
            ErrorKind::Service(error) => Some(error.status),
            ErrorKind::OAuth(error) => error.status,
            _ => None,
        }
    }

    /// Whether the service's error has this exact cause.
    pub(crate) fn has_reason(&self, reason: Reason) -> bool {
        self.service().and_then(ServiceError::reason) == Some(reason)
    }

    /// Whether the browser gave no passkey for this reason.
    pub(crate) fn is_passkey_fault(&self, is: PasskeyFault) -> bool {
        matches!(&*self.0, ErrorKind::Passkey(fault, _) if *fault == is)
    }

    /// Whether the service's error has this exception name.
    pub fn is_exception(&self, name: &str) -> bool {
        self.service().is_some_and(|error| error.name == name)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        f.write_str(": ")?;
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}

impl From<ErrorKind> for Error {
    #[inline(never)]
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl From<TokenFault> for Error {
    fn from(fault: TokenFault) -> Self {
        ErrorKind::Token(fault).into()
    }
}

impl From<FlowFault> for Error {
    fn from(fault: FlowFault) -> Self {
        ErrorKind::Flow(fault).into()
    }
}

impl From<SignInFault> for Error {
    fn from(fault: SignInFault) -> Self {
        ErrorKind::SignIn(fault).into()
    }
}

impl From<Misuse> for Error {
    fn from(misuse: Misuse) -> Self {
        ErrorKind::Input(misuse).into()
    }
}
