//! Everything that can go wrong, as one closed type.
//!
//! An error says whose fault it is: the service refused ([`ErrorKind::Service`]), the network failed, the
//! answer made no sense, the caller misused us, storage failed. Texts are static; nothing that a user typed
//! or a server sent as a secret gets in.

mod advice;
mod misuse;
mod redirect;
mod service;

use std::borrow::Cow;
use std::fmt;

pub use misuse::{Call, Field, Misuse};
pub use redirect::{FlowFault, OAuthError, TokenFault};
pub use service::{Reason, ServiceError};

/// What went wrong: a pointer to an [`ErrorKind`], so that results stay as small as a register.
#[derive(Clone, Debug)]
pub struct Error(Box<ErrorKind>);

/// What went wrong.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The service answered with an error.
    Service(ServiceError),
    /// The sign-in page, or the token endpoint behind it, answered with an error.
    OAuth(OAuthError),
    /// An arrival at the redirect URI could not be taken.
    Flow(FlowFault),
    /// A token is not believed.
    Token(TokenFault),
    /// The network did not bring an answer.
    Network(NetworkFailure),
    /// The caller's `AbortSignal` fired.
    Aborted,
    /// The answer is malformed; the text says where.
    Reply(&'static str),
    /// The service asked for something this version cannot do: the name of the challenge.
    Challenge(String),
    /// A value from the server would break SRP; the text says which.
    Srp(&'static str),
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
    /// No rule says which credential goes to the origin of a request.
    NoRule,
    /// Nobody is signed in, and guests get no credentials.
    NoCredentials,
    /// The browser gave no random numbers.
    Random,
    /// There is no WebCrypto to verify a signature with.
    NoCrypto,
}

/// A bad setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Path of the setting, such as `userPool.userPoolId`.
    pub key: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NetworkFailure {
    /// No connection, or it broke, or the browser blocked the answer (CORS).
    Unreachable,
    /// No complete answer before the deadline.
    TimedOut,
    /// The answer was larger than any that the service sends.
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
    /// What it is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A malformed answer; the text says where.
    pub(crate) fn reply(problem: &'static str) -> Self {
        ErrorKind::Reply(problem).into()
    }

    /// A value that would break SRP; the text says which.
    pub(crate) fn srp(problem: &'static str) -> Self {
        ErrorKind::Srp(problem).into()
    }

    /// The name that programs match on: Cognito's exception name where there is one, else Amplify's word
    /// for the same thing.
    pub fn name(&self) -> &str {
        match &*self.0 {
            ErrorKind::Service(error) => &error.name,
            ErrorKind::OAuth(_) | ErrorKind::Flow(_) => "OAuthSignInException",
            ErrorKind::Token(_) => "TokenRefusedException",
            ErrorKind::Network(_) => "NetworkError",
            ErrorKind::Aborted => "AbortError",
            ErrorKind::Reply(_) => "UnexpectedReplyException",
            ErrorKind::Challenge(_) => "UnsupportedChallengeException",
            ErrorKind::Srp(_) => "SrpRefusedException",
            ErrorKind::Input(misuse) => misuse.name(),
            ErrorKind::Config(_) => "AuthConfigException",
            ErrorKind::Storage(_) => "StorageException",
            ErrorKind::LockTimeout => "LockTimeoutException",
            ErrorKind::SignedOut | ErrorKind::StorageCleared => "UserUnAuthenticatedException",
            ErrorKind::NoCredentials => "NoCredentialsException",
            ErrorKind::NoRule => "NoRuleException",
            ErrorKind::Random => "RandomSourceException",
            ErrorKind::NoCrypto => "CryptoException",
        }
    }

    /// A stable code of the kind of fault, in snake case. See [`Error::CODES`].
    pub fn code(&self) -> &'static str {
        match &*self.0 {
            ErrorKind::Service(_) => "service",
            ErrorKind::OAuth(_) => "oauth",
            ErrorKind::Flow(_) => "redirect_flow",
            ErrorKind::Token(_) => "token_refused",
            ErrorKind::Network(NetworkFailure::Unreachable) => "network",
            ErrorKind::Network(NetworkFailure::TimedOut) => "timeout",
            ErrorKind::Network(NetworkFailure::TooLarge) => "reply_too_large",
            ErrorKind::Network(NetworkFailure::NoFetch) => "no_fetch",
            ErrorKind::Aborted => "aborted",
            ErrorKind::Reply(_) => "bad_reply",
            ErrorKind::Challenge(_) => "unsupported_challenge",
            ErrorKind::Srp(_) => "srp_refused",
            ErrorKind::Input(_) => "bad_input",
            ErrorKind::Config(_) => "bad_config",
            ErrorKind::Storage(StorageFailure::Read) => "storage_read",
            ErrorKind::Storage(StorageFailure::Write) => "storage_write",
            ErrorKind::LockTimeout => "lock_timeout",
            ErrorKind::SignedOut | ErrorKind::StorageCleared => "signed_out",
            ErrorKind::NoCredentials => "no_credentials",
            ErrorKind::NoRule => "no_rule",
            ErrorKind::Random => "no_random",
            ErrorKind::NoCrypto => "no_crypto",
        }
    }

    /// Every code there is.
    pub const CODES: [&'static str; 22] = [
        "service",
        "oauth",
        "redirect_flow",
        "token_refused",
        "network",
        "timeout",
        "reply_too_large",
        "aborted",
        "bad_reply",
        "unsupported_challenge",
        "srp_refused",
        "bad_input",
        "bad_config",
        "storage_read",
        "storage_write",
        "lock_timeout",
        "signed_out",
        "no_credentials",
        "no_rule",
        "no_random",
        "no_fetch",
        "no_crypto",
    ];

    /// What went wrong, for people. Of the service's errors it is the service's own text.
    pub fn message(&self) -> Cow<'_, str> {
        match &*self.0 {
            ErrorKind::Service(error) => Cow::Borrowed(&error.message),
            ErrorKind::OAuth(error) if error.description.is_empty() => {
                joined(["The sign-in was refused: ", &error.error, "."])
            }
            ErrorKind::OAuth(error) => Cow::Borrowed(&error.description),
            ErrorKind::Flow(fault) => fault.message().into(),
            ErrorKind::Token(fault) => joined(["The token is not to be believed: ", fault.as_str(), "."]),
            ErrorKind::Network(NetworkFailure::Unreachable) => "A network error has occurred.".into(),
            ErrorKind::Network(NetworkFailure::TimedOut) => "The service did not answer in time.".into(),
            ErrorKind::Network(NetworkFailure::TooLarge) => "The answer was too large to be the service's.".into(),
            ErrorKind::Network(NetworkFailure::NoFetch) => {
                "globalThis.fetch is missing, or its answer has no status or no readable body.".into()
            }
            ErrorKind::Aborted => "The operation was aborted.".into(),
            ErrorKind::Reply(problem) => joined(["The service's answer cannot be read: ", problem, "."]),
            ErrorKind::Challenge(name) => {
                joined(["The service asked for the challenge ", name, ", which is not supported."])
            }
            ErrorKind::Srp(problem) => joined(["The password exchange was refused: ", problem, "."]),
            ErrorKind::Input(misuse) => misuse.message(),
            ErrorKind::Config(bad) => joined(["Configuration: ", &bad.key, " ", bad.problem, "."]),
            ErrorKind::Storage(StorageFailure::Read) => "The session storage cannot be read.".into(),
            ErrorKind::Storage(StorageFailure::Write) => "The session storage cannot be written.".into(),
            ErrorKind::LockTimeout => "Another tab has held the session's lock for too long.".into(),
            ErrorKind::SignedOut => "User needs to be authenticated to call this API.".into(),
            ErrorKind::StorageCleared => "The stored session was removed, but not by signOut().".into(),
            ErrorKind::NoRule => "No rule says which credential goes to this origin.".into(),
            ErrorKind::NoCredentials => "Nobody is signed in, and guests get no credentials.".into(),
            ErrorKind::Random => "The browser gave no random numbers.".into(),
            ErrorKind::NoCrypto => "Verifying a signature needs WebCrypto: https, or localhost.".into(),
        }
    }

    /// Whether the same call may succeed later without anything being changed.
    pub fn retryable(&self) -> bool {
        match &*self.0 {
            ErrorKind::Service(error) => error.retryable(),
            ErrorKind::OAuth(error) => error.retryable(),
            ErrorKind::Network(failure) => !matches!(failure, NetworkFailure::TooLarge | NetworkFailure::NoFetch),
            ErrorKind::LockTimeout => true,
            _ => false,
        }
    }

    /// Whether the server turned the call away unread because there were too many.
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

    /// The HTTP status of the answer that was an error.
    pub fn status(&self) -> Option<u16> {
        match &*self.0 {
            ErrorKind::Service(error) => Some(error.status),
            ErrorKind::OAuth(error) => error.status,
            _ => None,
        }
    }

    /// Whether the service's error has this exception name.
    pub fn is_exception(&self, name: &str) -> bool {
        self.service().is_some_and(|error| error.name == name)
    }
}

fn joined<const N: usize>(parts: [&str; N]) -> Cow<'static, str> {
    Cow::Owned(parts.concat())
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

impl From<Misuse> for Error {
    fn from(misuse: Misuse) -> Self {
        ErrorKind::Input(misuse).into()
    }
}
