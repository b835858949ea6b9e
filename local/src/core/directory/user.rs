//! Users.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::auth_events::AuthEvents;
use super::codes::{Calls, Code};
use super::devices::Devices;
use super::mfa_preferences::MfaPreferences;
use super::passkeys::Passkeys;
use super::providers::{Identity, identities_attribute};
use super::totp::Totp;
use super::verification::Verification;
use crate::core::srp::Verifier;
use crate::core::wire::date::epoch_seconds;

/// A user of a pool.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct User {
    /// The internal name, which SRP is computed over. Equal to `sub` where people sign in by e-mail address or phone number.
    pub(crate) username: String,
    pub(crate) sub: String,
    /// Everything but `sub`.
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) status: UserStatus,
    pub(crate) enabled: bool,
    pub(crate) groups: Vec<String>,
    /// All that is kept of the password.
    pub(crate) verifier: Option<Verifier>,
    /// Passwords that the user had before, the latest first: as many as a policy may ask for.
    pub(crate) past_passwords: Vec<Verifier>,
    /// When a temporary password was set.
    pub(crate) temporary_since_ms: Option<u64>,
    /// The password of a user of the configuration, for people and tests to read, until another is set.
    pub(crate) seed_password: Option<String>,
    /// What the configuration says about the user.
    pub(crate) note: String,
    /// At other identity providers.
    pub(crate) identities: Vec<Identity>,
    /// The sign-up code that was sent last.
    pub(crate) code: Option<Code>,
    /// By attribute: the addresses that codes were sent to.
    pub(crate) verifications: BTreeMap<String, Verification>,
    pub(crate) totp: Totp,
    pub(crate) mfa: MfaPreferences,
    pub(crate) passkeys: Passkeys,
    pub(crate) devices: Devices,
    pub(crate) auth_events: AuthEvents,
    pub(crate) calls: Calls,
    pub(crate) created_ms: u64,
    pub(crate) modified_ms: u64,
}

/// `UserStatusType`, the states that occur here.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserStatus {
    #[default]
    Confirmed,
    /// Made by signing in through an identity provider; has no password.
    ExternalProvider,
    ForceChangePassword,
    ResetRequired,
    Unconfirmed,
}

impl UserStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::ExternalProvider => "EXTERNAL_PROVIDER",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
            Self::Unconfirmed => "UNCONFIRMED",
        }
    }
}

/// The largest `PasswordHistorySize`.
const LONGEST_HISTORY: usize = 24;

impl User {
    /// A user without password, attributes and groups.
    pub(crate) fn new(username: String, sub: String, status: UserStatus, now_ms: u64) -> Self {
        Self {
            username,
            sub,
            attributes: BTreeMap::new(),
            status,
            enabled: true,
            groups: Vec::new(),
            verifier: None,
            past_passwords: Vec::new(),
            temporary_since_ms: (status == UserStatus::ForceChangePassword).then_some(now_ms),
            seed_password: None,
            note: String::new(),
            identities: Vec::new(),
            code: None,
            verifications: BTreeMap::new(),
            totp: Totp::default(),
            mfa: MfaPreferences::default(),
            passkeys: Passkeys::default(),
            devices: Devices::default(),
            auth_events: AuthEvents::default(),
            calls: Calls::default(),
            created_ms: now_ms,
            modified_ms: now_ms,
        }
    }

    /// Puts another password in place of the one that there was.
    pub(crate) fn set_password(&mut self, verifier: Verifier, status: UserStatus, now_ms: u64) {
        if let Some(past) = self.verifier.replace(verifier) {
            self.past_passwords.insert(0, past);
            self.past_passwords.truncate(LONGEST_HISTORY);
        }
        self.status = status;
        self.temporary_since_ms = (status == UserStatus::ForceChangePassword).then_some(now_ms);
        self.seed_password = None;
        self.modified_ms = now_ms;
    }

    /// The passwords that the user has and had, the latest first.
    pub(super) fn passwords(&self) -> impl Iterator<Item = &Verifier> {
        self.verifier.iter().chain(&self.past_passwords)
    }

    pub(crate) fn has_verified(&self, attribute: &str) -> bool {
        self.attributes.get(&format!("{attribute}_verified")).is_some_and(|value| value == "true")
    }

    /// `sub` and the attributes that pass, as `AttributeListType`.
    pub(crate) fn attribute_list(&self, shown: impl Fn(&str) -> bool) -> Vec<Value> {
        let sub = [("sub", self.sub.as_str())];
        let others = self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let identities = identities_attribute(&self.identities);
        let identities = identities.iter().map(|text| ("identities", text.as_str()));
        let all = sub.into_iter().chain(others).chain(identities).filter(|(name, _)| shown(name));
        all.map(|(name, value)| json!({ "Name": name, "Value": value })).collect()
    }

    /// The members that `UserType` and `AdminGetUserResponse` share.
    pub(crate) fn summary(&self) -> Map<String, Value> {
        Map::from_iter([
            ("Username".to_owned(), json!(self.username)),
            ("UserCreateDate".to_owned(), json!(epoch_seconds(self.created_ms))),
            ("UserLastModifiedDate".to_owned(), json!(epoch_seconds(self.modified_ms))),
            ("Enabled".to_owned(), json!(self.enabled)),
            ("UserStatus".to_owned(), json!(self.status.name())),
        ])
    }

    /// `UserType`, with the attributes that pass.
    pub(crate) fn user_type(&self, shown: impl Fn(&str) -> bool) -> Value {
        let mut user = self.summary();
        user.insert("Attributes".into(), self.attribute_list(shown).into());
        user.into()
    }
}
