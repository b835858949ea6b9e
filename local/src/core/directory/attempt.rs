//! A sign-in under way: whose it is, and what has been proven.

use serde::{Deserialize, Serialize};

use super::MfaFactor;

/// What a user can prove first who they are with.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum Factor {
    /// A code that was sent by mail.
    EmailOtp,
    Passkey,
    Password,
    /// A code that was sent by SMS.
    SmsOtp,
}

/// A sign-in under way.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Attempt {
    /// The internal user name; for a simulated challenge the one that was made up.
    pub(crate) username: String,
    /// What was proven first: `None` until then.
    pub(crate) first: Option<Factor>,
    /// The second factor: `None` until it is proven.
    pub(crate) second: Option<MfaFactor>,
    /// The user's device that a request named by `DEVICE_KEY`.
    pub(crate) device_key: Option<String>,
    /// Whether that device has proven itself.
    pub(crate) device_proven: bool,
}

impl Factor {
    /// The attribute that codes are sent to; `None` for a factor without codes.
    pub(crate) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::EmailOtp => Some("email"),
            Self::Passkey | Self::Password => None,
            Self::SmsOtp => Some("phone_number"),
        }
    }

    /// Its name in `AllowedFirstAuthFactors`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::EmailOtp => "EMAIL_OTP",
            Self::Passkey => "WEB_AUTHN",
            Self::Password => "PASSWORD",
            Self::SmsOtp => "SMS_OTP",
        }
    }
}

impl Attempt {
    /// A sign-in that has proven nothing yet.
    pub(crate) fn new(username: impl Into<String>) -> Self {
        Self { username: username.into(), first: None, second: None, device_key: None, device_proven: false }
    }

    /// A sign-in whose first factor is proven.
    pub(crate) fn proven(username: impl Into<String>, first: Factor) -> Self {
        Self { first: Some(first), ..Self::new(username) }
    }

    /// Whether a second factor could be asked for. "Users who sign in with a one-time password (OTP) first factor can't add a
    /// multi-factor authentication (MFA) factor to their session" (Developer Guide, "Things to know about authentication with user
    /// pools").
    pub(crate) fn lacks_second_factor(&self) -> bool {
        self.first == Some(Factor::Password) && self.second.is_none()
    }
}
