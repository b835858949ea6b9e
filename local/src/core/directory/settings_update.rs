//! `UpdateUserPool`: other settings in place of those that there were.

use serde_json::{Value, json};

use super::PoolSettings;
use super::mfa_config::MfaMode;
use crate::core::wire::error::{ServiceError, unsupported};
use crate::core::wire::shapes::USER_POOLS;

impl PoolSettings {
    /// Reads `UpdateUserPoolRequest`. "If you don't provide a value for an attribute, Amazon Cognito sets it to its default value"
    /// (`UpdateUserPool`), with exceptions: `DcrConfiguration` stays (its documentation), and so do `MfaConfiguration` and both parts
    /// of `Policies` (measured at AWS in August 2026, go-to-k/cdkd#1982 and #2675). A pool always has a name. What can't be changed
    /// (Developer Guide, "Updating user pool and app client configuration") stays as well.
    ///
    /// # Errors
    /// Those of `UpdateUserPool`.
    pub(crate) fn updated(&self, mut given: Value) -> Result<Self, ServiceError> {
        let current = json!(self);
        keep(&mut given, "PoolName", &current["PoolName"]);
        for member in ["MfaConfiguration", "DcrConfiguration"] {
            keep(&mut given, member, &current[member]);
        }
        if given.get("Policies").is_none_or(Value::is_null) {
            given["Policies"] = json!({});
        }
        for policy in ["PasswordPolicy", "SignInPolicy"] {
            keep(&mut given["Policies"], policy, &current["Policies"][policy]);
        }
        let mut settings: Self = USER_POOLS.read_rest("UpdateUserPoolRequest", given, &["UserPoolId"])?;
        let mode = std::mem::take(&mut settings.mfa_configuration);
        settings.alias_attributes.clone_from(&self.alias_attributes);
        settings.username_attributes.clone_from(&self.username_attributes);
        settings.username_configuration.clone_from(&self.username_configuration);
        settings = settings.checked()?;
        settings.schema.clone_from(&self.schema);
        if mode != MfaMode::Off && self.mfa_configuration == MfaMode::Off {
            return Err(unsupported("MfaConfiguration here in a pool without a factor: use SetUserPoolMfaConfig"));
        }
        settings.mfa_configuration = mode;
        Ok(settings)
    }
}

/// Puts the current value in place of one that is not given.
fn keep(given: &mut Value, member: &str, current: &Value) {
    if given.get(member).is_none_or(Value::is_null) && !current.is_null() {
        given[member] = current.clone();
    }
}
