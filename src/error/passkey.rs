//! Errors of passkeys: why the browser gave none.

/// Why the browser gave no passkey. The comments name the `DOMException` (WebAuthn Level 3 sections 5.1.3 and 5.1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasskeyFault {
    /// The options from the user pool are not accepted (`TypeError`, `EncodingError`).
    BadOptions,
    /// The user closed the dialog, or has no passkey here. Browsers don't tell (`NotAllowedError`).
    Cancelled,
    /// The authenticator has one of the passkeys that the user has already (`InvalidStateError`).
    Exists,
    /// Something else (`UnknownError` and others).
    Failed,
    /// Another script of the page asks for a passkey (`OperationError`), or stopped this request (`AbortError`).
    Interrupted,
    /// The user pool knows no passkey of the user, so autofill has nothing to wait for.
    Missing,
    /// There are no passkeys here: an old browser, no secure context, a frame that may not use them, or an authenticator that
    /// lacks what the user pool wants (`NotSupportedError`, `ConstraintError`).
    NotSupported,
    /// A sign-in that waited for autofill ended because the user signed in otherwise.
    Superseded,
    /// The user did nothing in the time that the options give (`NotAllowedError`).
    TimedOut,
    /// The page's domain doesn't fit the user pool's relying party ID (`SecurityError`).
    WrongDomain,
}

/// What a passkey was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// To be made.
    Registration,
    /// To sign in.
    SignIn,
}

impl PasskeyFault {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::BadOptions,
        Self::Cancelled,
        Self::Exists,
        Self::Failed,
        Self::Interrupted,
        Self::Missing,
        Self::NotSupported,
        Self::Superseded,
        Self::TimedOut,
        Self::WrongDomain,
    ];

    /// The reason in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadOptions => "passkey_bad_options",
            Self::Cancelled => "passkey_cancelled",
            Self::Exists => "passkey_exists",
            Self::Failed => "passkey_failed",
            Self::Interrupted => "passkey_interrupted",
            Self::Missing => "passkey_missing",
            Self::NotSupported => "passkey_not_supported",
            Self::Superseded => "passkey_superseded",
            Self::TimedOut => "passkey_timed_out",
            Self::WrongDomain => "passkey_wrong_domain",
        }
    }

    /// Amplify's name of the error.
    pub(super) const fn name(self, ceremony: Ceremony) -> &'static str {
        match (self, ceremony) {
            (Self::BadOptions, Ceremony::Registration) => "InvalidPasskeyRegistrationOptions",
            (Self::BadOptions, Ceremony::SignIn) => "InvalidPasskeyAuthenticationOptions",
            (Self::Cancelled | Self::TimedOut, Ceremony::Registration) => "PasskeyRegistrationCanceled",
            (Self::Cancelled | Self::TimedOut, Ceremony::SignIn) => "PasskeyAuthenticationCanceled",
            (Self::Exists, _) => "PasskeyAlreadyExists",
            (Self::Failed | Self::Missing, Ceremony::Registration) => "PasskeyRegistrationFailed",
            (Self::Failed | Self::Missing, Ceremony::SignIn) => "PasskeyRetrievalFailed",
            (Self::Interrupted | Self::Superseded, _) => "PasskeyOperationAborted",
            (Self::NotSupported, _) => "PasskeyNotSupported",
            (Self::WrongDomain, _) => "RelyingPartyMismatch",
        }
    }

    /// Whether the same call may succeed later.
    pub(super) const fn retryable(self) -> bool {
        matches!(self, Self::Cancelled | Self::Interrupted | Self::TimedOut)
    }

    pub(super) const TEXTS: [&'static str; 10] = {
        let mut texts = [""; 10];
        let mut at = 0;
        while at < texts.len() {
            texts[Self::ALL[at] as usize] = Self::ALL[at].message();
            at += 1;
        }
        texts
    };

    const fn message(self) -> &'static str {
        match self {
            Self::BadOptions => "The browser does not accept the user pool's passkey options.",
            Self::Cancelled => "The user closed the passkey dialog, or has no passkey here.",
            Self::Exists => "This device already has a passkey of this user.",
            Self::Failed => "The browser could not use the passkey.",
            Self::Interrupted => "Another script of the page asked for a passkey, or stopped this request.",
            Self::Missing => "The user has no passkey.",
            Self::NotSupported => "Passkeys are not supported here.",
            Self::Superseded => "The user signed in otherwise while the page waited for a passkey.",
            Self::TimedOut => "The user did not use a passkey in time.",
            Self::WrongDomain => "The page's domain does not fit the user pool's relying party ID.",
        }
    }
}
