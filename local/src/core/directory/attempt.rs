//! A sign-in under way: whose it is, and what has been proven.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::factor::Factor;
use super::{MfaFactor, Target};

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
    /// Whether the passkey came from a device that is carried along, such as a security key.
    pub(crate) roaming_passkey: bool,
    /// The authentication level that was asked for.
    pub(crate) target: Option<Target>,
    /// Whether a temporary password was replaced on the way.
    pub(crate) new_password: bool,
    /// The challenges so far, where a pool's own functions choose them.
    pub(crate) custom: Option<CustomAuth>,
}

/// A sign-in by CUSTOM_AUTH.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct CustomAuth {
    /// What the user signs in with.
    pub(crate) login: String,
    pub(crate) rounds: Vec<Round>,
}

/// A challenge that was answered: `ChallengeResult` in the events of the functions.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Round {
    pub(crate) challenge_name: Cow<'static, str>,
    pub(crate) challenge_result: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) challenge_metadata: Option<String>,
}

impl Attempt {
    /// A sign-in that has proven nothing yet.
    pub(crate) fn new(username: impl Into<String>) -> Self {
        Self {
            username: username.into(),
            first: None,
            second: None,
            device_key: None,
            device_proven: false,
            roaming_passkey: false,
            target: None,
            new_password: false,
            custom: None,
        }
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
