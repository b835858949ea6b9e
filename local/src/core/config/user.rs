//! A user to start with.

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::core::directory::UserStatus;

/// One `[[UserPool.User]]`. The password is kept here, and nowhere else, for the page and the control API to show.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct SeedUser {
    pub(crate) username: String,
    /// A UUID; when absent it follows from pool id and user name, so that it is the same after every start.
    pub(super) sub: Option<String>,
    /// Without one, nobody can sign in until the user gets one.
    pub(crate) password: Option<String>,
    #[serde(default)]
    pub(super) user_status: UserStatus,
    #[serde(default = "yes")]
    pub(super) enabled: bool,
    #[serde(default)]
    pub(super) groups: Vec<String>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, String>,
    /// Base32: an authenticator app that is set up and asked for.
    pub(super) totp_secret: Option<String>,
    /// What is special about the user, for people.
    #[serde(default)]
    pub(crate) note: String,
}

fn yes() -> bool {
    true
}
