//! The exact causes of errors whose name stands for many things.

/// Declares the reasons: a variant, its text in snake case, what it means.
macro_rules! reasons {
    ($($variant:ident = $text:literal, $about:literal;)*) => {
        /// The exact cause, where Cognito uses one exception name for many things.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Reason {
            $(#[doc = $about] $variant,)*
        }

        impl Reason {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The reason in snake case.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

reasons! {
    AccessExpired = "access_expired", "The access token has expired.";
    AccessRevoked = "access_revoked", "The access token has been revoked.";
    AlreadyConfirmed = "already_confirmed", "The user is already confirmed.";
    AttemptLimit = "attempt_limit", "Too many attempts; wait before the next.";
    AttributeNotWritable = "attribute_not_writable", "The app client may not write the attribute.";
    ClientHasSecret = "client_has_secret", "The app client has a secret; a browser needs a client without one.";
    CodeUsed = "code_used", "The code of the authenticator app has been used already.";
    DeviceUnknown = "device_unknown", "The user has no such device.";
    FactorNotSetUp = "factor_not_set_up", "The user has not set this second factor up.";
    FlowNotEnabled = "flow_not_enabled", "The app client does not allow this flow.";
    GuestsNotAllowed = "guests_not_allowed", "The identity pool does not allow guest access.";
    IdentityForbidden = "identity_forbidden", "The identity belongs to other logins.";
    InsufficientScope = "insufficient_scope", "The access token lacks the scope `aws.cognito.signin.user.admin`.";
    LoginExpired = "login_expired", "A login's token has expired.";
    LoginInvalid = "login_invalid",
        "A login's token has another client or issuer, or the identity pool does not have its provider.";
    LoginsMismatch = "logins_mismatch", "None of the logins belongs to the identity.";
    NoVerifiedAddress = "no_verified_address", "The user has no verified e-mail address or phone number for a code.";
    RecoveryByAdminOnly = "recovery_by_admin_only", "Only an administrator may reset passwords in this pool.";
    RefreshExpired = "refresh_expired", "The refresh token has expired.";
    RefreshInvalid = "refresh_invalid", "The refresh token is not this client's, or its device key is missing.";
    RefreshReused = "refresh_reused", "A rotated refresh token was used again.";
    RefreshRevoked = "refresh_revoked", "The refresh token has been revoked.";
    RoleAmbiguous = "role_ambiguous", "The role mapping finds no role for the user, or more than one.";
    SessionExpired = "session_expired", "The challenge's session has expired.";
    SessionUsed = "session_used", "The challenge's session is already used.";
    SignUpClosed = "sign_up_closed", "Only an administrator may create users in this pool.";
    TemporaryPassword = "temporary_password",
        "The user has a temporary password, which a sign-in replaces and a reset does not.";
    TemporaryPasswordExpired = "temporary_password_expired", "The temporary password has expired.";
    UserDisabled = "user_disabled", "The user is disabled.";
    WrongPassword = "wrong_password", "The user name or the password is wrong.";
}

/// Texts of `NotAuthorizedException`, the one name for many things. Matched from the start, the first that fits.
pub(super) const NOT_AUTHORIZED: &[(&str, Reason)] = &[
    ("Incorrect username or password", Reason::WrongPassword),
    ("Password attempts exceeded", Reason::AttemptLimit),
    ("User cannot be confirmed. Current status is CONFIRMED", Reason::AlreadyConfirmed),
    ("User is disabled", Reason::UserDisabled),
    ("Invalid session for the user, session can only be used once", Reason::SessionUsed),
    ("Invalid session for the user", Reason::SessionExpired),
    ("Access Token has expired", Reason::AccessExpired),
    ("Access Token has been revoked", Reason::AccessRevoked),
    ("Access Token does not have required scopes", Reason::InsufficientScope),
    ("A client attempted to write unauthorized attribute", Reason::AttributeNotWritable),
    ("Contact administrator to reset password", Reason::RecoveryByAdminOnly),
    ("Refresh Token has expired", Reason::RefreshExpired),
    ("Refresh Token has been revoked", Reason::RefreshRevoked),
    ("Invalid Refresh Token", Reason::RefreshInvalid),
    ("SignUp is not permitted for this user pool", Reason::SignUpClosed),
    ("Temporary password has expired", Reason::TemporaryPasswordExpired),
    ("User password cannot be reset in the current state", Reason::TemporaryPassword),
    ("Unauthenticated access is not supported", Reason::GuestsNotAllowed),
    ("Access to Identity", Reason::IdentityForbidden),
    ("Invalid login token. Token expired", Reason::LoginExpired),
    ("Invalid login token", Reason::LoginInvalid),
    ("Token is not from a supported provider", Reason::LoginInvalid),
    ("Logins don't match", Reason::LoginsMismatch),
    ("The ambiguous role mapping rules", Reason::RoleAmbiguous),
];

/// Texts of the other names that stand for many things: the name, and what its text contains.
pub(super) const OTHERS: &[(&str, &str, Reason)] = &[
    ("NotAuthorizedException", "SECRET_HASH", Reason::ClientHasSecret),
    ("NotAuthorizedException", "secret hash", Reason::ClientHasSecret),
    ("ExpiredCodeException", "has already been used", Reason::CodeUsed),
    (INVALID_PARAMETER, "no registered/verified", Reason::NoVerifiedAddress),
    (INVALID_PARAMETER, "flow not enabled", Reason::FlowNotEnabled),
    (INVALID_PARAMETER, "already confirmed", Reason::AlreadyConfirmed),
    (INVALID_PARAMETER, "software token", Reason::FactorNotSetUp),
    (INVALID_PARAMETER, "delivery config", Reason::FactorNotSetUp),
    ("ResourceNotFoundException", "Device does not exist", Reason::DeviceUnknown),
    ("LimitExceededException", "", Reason::AttemptLimit),
    ("TooManyFailedAttemptsException", "", Reason::AttemptLimit),
    ("RefreshTokenReuseException", "", Reason::RefreshReused),
];

const INVALID_PARAMETER: &str = "InvalidParameterException";
