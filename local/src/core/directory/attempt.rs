//! A sign-in under way: whose it is, and what has been proven.

/// What a user can prove who they are with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Factor {
    Password,
    SoftwareToken,
}

/// A sign-in under way.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// The internal user name; for a simulated challenge the one that was made up.
    pub(crate) username: String,
    /// What was proven first: `None` until then.
    pub(crate) first: Option<Factor>,
    /// The second factor: `None` until it is proven.
    pub(crate) second: Option<Factor>,
    /// The user's device that a request named by `DEVICE_KEY`.
    pub(crate) device_key: Option<String>,
    /// Whether that device has proven itself.
    pub(crate) device_proven: bool,
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
}
