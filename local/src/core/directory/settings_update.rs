//! `UpdateUserPool`: other settings in place of those that there were.

use serde_json::{Value, json};

use super::mfa_config::MfaMode;
use super::settings::no_factor;
use super::{MfaFactor, PoolSettings};
use crate::core::wire::error::{ServiceError, invalid};
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
        settings.mfa_factors.clone_from(&self.mfa_factors);
        settings.web_authn_configuration.clone_from(&self.web_authn_configuration);
        settings.check_first_factors(mode)?;
        if mode == MfaMode::On && settings.allows_passkeys() && !settings.has_multi_factor_passkeys() {
            return Err(invalid(
                "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA",
            ));
        }
        settings.mfa_configuration = mode;
        let factors = [MfaFactor::Sms, MfaFactor::SoftwareToken, MfaFactor::Email];
        if mode != MfaMode::Off && !factors.into_iter().any(|factor| settings.offers_mfa(factor)) {
            return Err(no_factor());
        }
        Ok(settings)
    }
}

/// Puts the current value in place of one that is not given.
fn keep(given: &mut Value, member: &str, current: &Value) {
    if given.get(member).is_none_or(Value::is_null) && !current.is_null() {
        given[member] = current.clone();
    }
}
