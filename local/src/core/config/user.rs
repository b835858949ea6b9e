//! A user to start with.

use serde::Deserialize;
use std::collections::BTreeMap;

use crate::core::directory::{MfaFactor, MfaPreferences, PoolSettings, UserStatus};
use crate::core::wire::error::{ServiceError, invalid};

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
    /// The second factors, in the words of `GetUser`. The app of a `TotpSecret` is the preferred one where no list is given.
    #[serde(rename = "UserMFASettingList")]
    mfa: Option<Vec<String>>,
    #[serde(rename = "PreferredMfaSetting")]
    preferred_mfa: Option<String>,
    /// What is special about the user, for people.
    #[serde(default)]
    pub(crate) note: String,
}

fn yes() -> bool {
    true
}

impl SeedUser {
    /// # Errors
    /// `InvalidParameterException` for what is no factor, or not the pool's.
    pub(super) fn mfa(&self, settings: &PoolSettings) -> Result<MfaPreferences, ServiceError> {
        let factor = |name: &String| {
            MfaFactor::of_name(name)
                .filter(|factor| settings.offers_mfa(*factor))
                .ok_or_else(|| invalid(format!("{name} is not a second factor of the pool")))
        };
        let listed =
            self.mfa.as_ref().map(|names| names.iter().map(factor).collect::<Result<Vec<_>, _>>()).transpose()?;
        let preferred = self.preferred_mfa.as_ref().map(factor).transpose()?;
        match listed {
            Some(enabled) => MfaPreferences::new(enabled, preferred),
            None => {
                let app = self.totp_secret.as_ref().map(|_| MfaFactor::SoftwareToken);
                MfaPreferences::new(app.into_iter().collect(), preferred.or(app))
            }
        }
    }
}
