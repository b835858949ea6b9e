//! Forgotten passwords: who may have a code sent where, and the code that was sent.

use serde::{Deserialize, Serialize};

use super::codes::{Calls, Code};
use crate::core::wire::error::{ServiceError, invalid};

/// The forgotten password of one user name.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Recovery {
    /// For a user who does not exist it was never sent.
    pub(crate) code: Option<Code>,
    pub(crate) calls: Calls,
}

/// `AccountRecoverySettingType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RecoverySetting {
    #[serde(default)]
    pub(super) recovery_mechanisms: Vec<Mechanism>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Mechanism {
    /// 1 is tried before 2.
    pub(super) priority: u64,
    pub(super) name: MechanismName,
}

/// `RecoveryOptionNameType`.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MechanismName {
    AdminOnly,
    VerifiedEmail,
    VerifiedPhoneNumber,
}

impl Default for RecoverySetting {
    /// What AWS gives to new pools since February 2020.
    fn default() -> Self {
        let mechanism = |priority, name| Mechanism { priority, name };
        let (email, phone) = (MechanismName::VerifiedEmail, MechanismName::VerifiedPhoneNumber);
        Self { recovery_mechanisms: vec![mechanism(1, email), mechanism(2, phone)] }
    }
}

impl RecoverySetting {
    /// # Errors
    /// `InvalidParameterException` for `admin_only` beside another mechanism, and for equal priorities.
    pub(super) fn check(&self) -> Result<(), ServiceError> {
        let [first, second] = &self.recovery_mechanisms[..] else { return Ok(()) };
        if [first, second].iter().any(|mechanism| mechanism.name == MechanismName::AdminOnly) {
            return Err(invalid("Invalid account recovery setting: admin_only can not be used with another mechanism"));
        }
        if first.priority == second.priority {
            return Err(invalid("Invalid account recovery setting: two mechanisms have the same priority"));
        }
        Ok(())
    }
}
