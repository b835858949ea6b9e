//! Everything that can go wrong, as one closed type.
//!
//! An error says whose fault it is: the service refused ([`Error::Service`]), the network failed, the
//! answer made no sense, the caller misused us, storage failed. Texts are static; nothing that a user typed
//! or a server sent as a secret gets in.

mod advice;
mod misuse;
mod service;

use std::borrow::Cow;
use std::fmt;

pub use misuse::{Call, Field, Misuse};
pub use service::{Reason, ServiceError};

/// What went wrong.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The service answered with an error.
    Service(Box<ServiceError>),
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
    /// A setting is bad: its path, such as `userPool.userPoolId`, and what is wrong with it.
    Config {
        /// Path of the setting.
        key: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// The storage failed.
    Storage(StorageFailure),
    /// Another tab has held the session's lock for too long.
    LockTimeout,
    /// Nobody is signed in.
    SignedOut,
    /// The browser gave no random numbers.
    Random,
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
    /// The name that programs match on: Cognito's exception name where there is one, else Amplify's word
    /// for the same thing.
    pub fn name(&self) -> &str {
        match self {
            Self::Service(error) => &error.name,
            Self::Network(_) => "NetworkError",
            Self::Aborted => "AbortError",
            Self::Reply(_) => "UnexpectedReplyException",
            Self::Challenge(_) => "UnsupportedChallengeException",
            Self::Srp(_) => "SrpRefusedException",
            Self::Input(misuse) => misuse.name(),
            Self::Config { .. } => "AuthConfigException",
            Self::Storage(_) => "StorageException",
            Self::LockTimeout => "LockTimeoutException",
            Self::SignedOut => "UserUnAuthenticatedException",
            Self::Random => "RandomSourceException",
        }
    }

    /// A stable code of the kind of fault, in snake case. See [`Error::CODES`].
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Service(_) => "service",
            Self::Network(NetworkFailure::Unreachable) => "network",
            Self::Network(NetworkFailure::TimedOut) => "timeout",
            Self::Network(NetworkFailure::TooLarge) => "reply_too_large",
            Self::Aborted => "aborted",
            Self::Reply(_) => "bad_reply",
            Self::Challenge(_) => "unsupported_challenge",
            Self::Srp(_) => "srp_refused",
            Self::Input(_) => "bad_input",
            Self::Config { .. } => "bad_config",
            Self::Storage(StorageFailure::Read) => "storage_read",
            Self::Storage(StorageFailure::Write) => "storage_write",
            Self::LockTimeout => "lock_timeout",
            Self::SignedOut => "signed_out",
            Self::Random => "no_random",
        }
    }

    /// Every code there is.
    pub const CODES: [&'static str; 15] = [
        "service",
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
        "no_random",
    ];

    /// What went wrong, for people. Of the service's errors it is the service's own text.
    pub fn message(&self) -> Cow<'_, str> {
        match self {
            Self::Service(error) => Cow::Borrowed(&error.message),
            Self::Network(NetworkFailure::Unreachable) => "A network error has occurred.".into(),
            Self::Network(NetworkFailure::TimedOut) => "The service did not answer in time.".into(),
            Self::Network(NetworkFailure::TooLarge) => "The answer was too large to be the service's.".into(),
            Self::Aborted => "The operation was aborted.".into(),
            Self::Reply(problem) => joined(["The service's answer cannot be read: ", problem, "."]),
            Self::Challenge(name) => {
                joined(["The service asked for the challenge ", name, ", which is not supported."])
            }
            Self::Srp(problem) => joined(["The password exchange was refused: ", problem, "."]),
            Self::Input(misuse) => misuse.message(),
            Self::Config { key, problem } => joined(["Configuration: ", key, " ", problem, "."]),
            Self::Storage(StorageFailure::Read) => "The session storage cannot be read.".into(),
            Self::Storage(StorageFailure::Write) => "The session storage cannot be written.".into(),
            Self::LockTimeout => "Another tab has held the session's lock for too long.".into(),
            Self::SignedOut => "User needs to be authenticated to call this API.".into(),
            Self::Random => "The browser gave no random numbers.".into(),
        }
    }

    /// Whether the same call may succeed later without anything being changed.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Service(error) => error.retryable(),
            Self::Network(failure) => *failure != NetworkFailure::TooLarge,
            Self::LockTimeout => true,
            _ => false,
        }
    }

    /// The service's error, if it is one.
    pub fn service(&self) -> Option<&ServiceError> {
        match self {
            Self::Service(error) => Some(error),
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

impl From<Misuse> for Error {
    fn from(misuse: Misuse) -> Self {
        Self::Input(misuse)
    }
}
