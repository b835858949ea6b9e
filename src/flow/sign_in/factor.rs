//! What users prove themselves with.

use crate::idp::challenge::{
    EMAIL_OTP, PASSWORD, PASSWORD_SRP, SECOND_FACTORS, SMS_OTP, SOFTWARE_TOKEN_MFA, WEB_AUTHN,
};

/// A first factor of `USER_AUTH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FirstFactor {
    /// The password, sent over TLS.
    Password,
    /// The password, proven by SRP.
    PasswordSrp,
    /// A code by e-mail.
    EmailOtp,
    /// A code by text message.
    SmsOtp,
    /// A passkey.
    WebAuthn,
}

/// A second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecondFactor {
    /// A code by text message.
    Sms,
    /// A code of an authenticator app.
    Totp,
    /// A code by e-mail.
    Email,
}

/// A second factor that can be set up in a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetUpFactor {
    /// A code of an authenticator app.
    Totp,
    /// A code by e-mail.
    Email,
}

impl FirstFactor {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Password, Self::PasswordSrp, Self::EmailOtp, Self::SmsOtp, Self::WebAuthn];

    /// Cognito's name, as in `PREFERRED_CHALLENGE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => PASSWORD,
            Self::PasswordSrp => PASSWORD_SRP,
            Self::EmailOtp => EMAIL_OTP,
            Self::SmsOtp => SMS_OTP,
            Self::WebAuthn => WEB_AUTHN,
        }
    }

    /// The factor of Cognito's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.as_str() == name)
    }

    pub(super) const fn needs_password(self) -> bool {
        matches!(self, Self::Password | Self::PasswordSrp)
    }
}

impl SecondFactor {
    /// All of them, in the order of [`SECOND_FACTORS`].
    pub const ALL: [Self; 3] = [Self::Sms, Self::Totp, Self::Email];

    /// Amplify's word, such as `TOTP`.
    pub const fn as_str(self) -> &'static str {
        SECOND_FACTORS[self as usize].1
    }

    /// The factor of Cognito's name or Amplify's word.
    pub fn from_name(name: &str) -> Option<Self> {
        let at = SECOND_FACTORS.iter().position(|(wire, word)| *wire == name || *word == name)?;
        Self::ALL.get(at).copied()
    }
}

impl SetUpFactor {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Totp, Self::Email];

    /// Cognito's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Totp => SOFTWARE_TOKEN_MFA,
            Self::Email => EMAIL_OTP,
        }
    }

    /// The factor of Cognito's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.as_str() == name)
    }
}
