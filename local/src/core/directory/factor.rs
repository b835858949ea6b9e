//! First factors of a sign-in.

use serde::{Deserialize, Serialize};

/// What a user can prove first who they are with.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum Factor {
    /// The challenges of a pool's own functions.
    Custom,
    /// A code that was sent by mail.
    EmailOtp,
    Passkey,
    Password,
    /// A code that was sent by SMS.
    SmsOtp,
}

impl Factor {
    pub(crate) const ALL: [Self; 4] = [Self::Password, Self::EmailOtp, Self::SmsOtp, Self::Passkey];

    /// The attribute that codes are sent to; `None` for a factor without codes.
    pub(crate) fn attribute(self) -> Option<&'static str> {
        match self {
            Self::EmailOtp => Some("email"),
            Self::Custom | Self::Passkey | Self::Password => None,
            Self::SmsOtp => Some("phone_number"),
        }
    }

    /// Its name in `AllowedFirstAuthFactors`, where that has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Custom => "CUSTOM_CHALLENGE",
            Self::EmailOtp => "EMAIL_OTP",
            Self::Passkey => "WEB_AUTHN",
            Self::Password => "PASSWORD",
            Self::SmsOtp => "SMS_OTP",
        }
    }
}
