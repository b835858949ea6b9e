//! Errors of the service.

/// An error of the service.
#[derive(Clone, Debug)]
pub struct ServiceError {
    /// The exception's name without its namespace, such as `NotAuthorizedException`.
    pub name: String,
    /// The service's text.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
    /// `x-amzn-RequestId`, for AWS support.
    pub request_id: Option<String>,
    /// The pause that the service asks for (`Retry-After`), in milliseconds.
    pub retry_after_ms: Option<u32>,
}

/// The exact cause, where Cognito uses one exception name for many things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The access token has expired.
    AccessExpired,
    /// The access token has been revoked.
    AccessRevoked,
    /// The user is already confirmed.
    AlreadyConfirmed,
    /// Too many attempts; wait before the next.
    AttemptLimit,
    /// The app client has a secret; a browser needs a client without one.
    ClientHasSecret,
    /// The user has no such device.
    DeviceUnknown,
    /// The identity pool does not allow guest access.
    GuestsNotAllowed,
    /// The identity belongs to other logins.
    IdentityForbidden,
    /// A login's token has expired.
    LoginExpired,
    /// A login's token has another client or issuer, or the identity pool does not have its provider.
    LoginInvalid,
    /// None of the logins belongs to the identity.
    LoginsMismatch,
    /// The role mapping finds no role for the user, or more than one.
    RoleAmbiguous,
    /// The challenge's session has expired.
    SessionExpired,
    /// The challenge's session is already used.
    SessionUsed,
    /// The refresh token has expired.
    RefreshExpired,
    /// The refresh token is not this client's, or its device key is missing.
    RefreshInvalid,
    /// A rotated refresh token was used again.
    RefreshReused,
    /// The refresh token has been revoked.
    RefreshRevoked,
    /// The user is disabled.
    UserDisabled,
    /// The user name or the password is wrong.
    WrongPassword,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::AccessExpired,
        Self::AccessRevoked,
        Self::AlreadyConfirmed,
        Self::AttemptLimit,
        Self::ClientHasSecret,
        Self::DeviceUnknown,
        Self::GuestsNotAllowed,
        Self::IdentityForbidden,
        Self::LoginExpired,
        Self::LoginInvalid,
        Self::LoginsMismatch,
        Self::RoleAmbiguous,
        Self::SessionExpired,
        Self::SessionUsed,
        Self::RefreshExpired,
        Self::RefreshInvalid,
        Self::RefreshReused,
        Self::RefreshRevoked,
        Self::UserDisabled,
        Self::WrongPassword,
    ];

    /// The reason in snake case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessExpired => "access_expired",
            Self::AccessRevoked => "access_revoked",
            Self::AlreadyConfirmed => "already_confirmed",
            Self::AttemptLimit => "attempt_limit",
            Self::ClientHasSecret => "client_has_secret",
            Self::DeviceUnknown => "device_unknown",
            Self::GuestsNotAllowed => "guests_not_allowed",
            Self::IdentityForbidden => "identity_forbidden",
            Self::LoginExpired => "login_expired",
            Self::LoginInvalid => "login_invalid",
            Self::LoginsMismatch => "logins_mismatch",
            Self::RoleAmbiguous => "role_ambiguous",
            Self::SessionExpired => "session_expired",
            Self::SessionUsed => "session_used",
            Self::RefreshExpired => "refresh_expired",
            Self::RefreshInvalid => "refresh_invalid",
            Self::RefreshReused => "refresh_reused",
            Self::RefreshRevoked => "refresh_revoked",
            Self::UserDisabled => "user_disabled",
            Self::WrongPassword => "wrong_password",
        }
    }
}

/// Texts of `NotAuthorizedException`, the one name for many things. Matched from the start.
const NOT_AUTHORIZED: [(&str, Reason); 19] = [
    ("Incorrect username or password", Reason::WrongPassword),
    ("Password attempts exceeded", Reason::AttemptLimit),
    ("User cannot be confirmed. Current status is CONFIRMED", Reason::AlreadyConfirmed),
    ("User is disabled", Reason::UserDisabled),
    ("Invalid session for the user, session is expired", Reason::SessionExpired),
    ("Invalid session for the user, session can only be used once", Reason::SessionUsed),
    ("Invalid session for the user", Reason::SessionExpired),
    ("Access Token has expired", Reason::AccessExpired),
    ("Access Token has been revoked", Reason::AccessRevoked),
    ("Refresh Token has expired", Reason::RefreshExpired),
    ("Refresh Token has been revoked", Reason::RefreshRevoked),
    ("Invalid Refresh Token", Reason::RefreshInvalid),
    ("Unauthenticated access is not supported", Reason::GuestsNotAllowed),
    ("Access to Identity", Reason::IdentityForbidden),
    ("Invalid login token. Token expired", Reason::LoginExpired),
    ("Invalid login token", Reason::LoginInvalid),
    ("Token is not from a supported provider", Reason::LoginInvalid),
    ("Logins don't match", Reason::LoginsMismatch),
    ("The ambiguous role mapping rules", Reason::RoleAmbiguous),
];

impl ServiceError {
    /// The exact cause, if the name alone does not say it and the text is known.
    pub fn reason(&self) -> Option<Reason> {
        match self.name.as_str() {
            "NotAuthorizedException" if self.says(b"SECRET_HASH") || self.says(b"secret hash") => {
                Some(Reason::ClientHasSecret)
            }
            "NotAuthorizedException" => {
                NOT_AUTHORIZED.iter().find(|(text, _)| self.message.starts_with(text)).map(|&(_, reason)| reason)
            }
            "ResourceNotFoundException" if self.says(b"Device does not exist") => Some(Reason::DeviceUnknown),
            "LimitExceededException" | "TooManyFailedAttemptsException" => Some(Reason::AttemptLimit),
            "RefreshTokenReuseException" => Some(Reason::RefreshReused),
            _ => None,
        }
    }

    /// Whether the service failed or was busy, so that the same call may succeed later. Not so
    /// `LimitExceededException`, which counts attempts.
    pub fn retryable(&self) -> bool {
        self.throttled() || self.status >= 500
    }

    /// Whether the service rejected the call unread because there were too many.
    pub fn throttled(&self) -> bool {
        matches!(self.name.as_str(), "TooManyRequestsException" | "ThrottlingException")
            || (self.status == 429 && self.reason() != Some(Reason::AttemptLimit))
    }

    /// Whether this answer to a refresh means that the refresh token is dead. Only names and texts that are known to mean
    /// that do: an unknown one may pass, and a session that ended by mistake doesn't come back.
    pub fn ends_session(&self) -> bool {
        match self.name.as_str() {
            "NotAuthorizedException" => matches!(
                self.reason(),
                Some(
                    Reason::RefreshExpired
                        | Reason::RefreshInvalid
                        | Reason::RefreshReused
                        | Reason::RefreshRevoked
                        | Reason::UserDisabled
                )
            ),
            "PasswordResetRequiredException"
            | "RefreshTokenReuseException"
            | "TokenRevokedException"
            | "UserNotConfirmedException"
            | "UserNotFoundException" => true,
            _ => false,
        }
    }

    /// Whether the text contains these words.
    fn says(&self, words: &[u8]) -> bool {
        self.message.as_bytes().windows(words.len()).any(|window| window == words)
    }
}
