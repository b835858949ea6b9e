//! What a pool says about passkeys.

use super::web_authn_config::WebAuthnConfig;
use super::{Factor, PoolSettings, User, UserPool};
use crate::core::wire::error::{ServiceError, invalid};

impl PoolSettings {
    /// Whether passkeys are a first factor of the pool (`SignInPolicyType`).
    pub(crate) fn allows_passkeys(&self) -> bool {
        self.allows_first_factor(Factor::Passkey)
    }

    /// Whether authenticators must verify the user: where the pool says so, and where a passkey counts as two factors
    /// (`WebAuthnFactorConfigurationType`).
    pub(crate) fn requires_user_verification(&self) -> bool {
        self.web_authn_configuration.as_ref().is_some_and(WebAuthnConfig::requires_user_verification)
    }

    /// Whether a passkey may count as two factors.
    pub(crate) fn has_multi_factor_passkeys(&self) -> bool {
        self.web_authn_configuration.as_ref().is_some_and(WebAuthnConfig::is_multi_factor)
    }

    /// Whether a user may have passkeys count as two factors.
    ///
    /// # Errors
    /// `InvalidParameterException` where the pool has no such passkeys, and for a user without another second factor, who could be
    /// locked out (`WebAuthnMfaSettingsType`, "Enabled").
    pub(crate) fn check_multi_factor_passkeys(&self, has_other_factor: bool) -> Result<(), ServiceError> {
        if !self.has_multi_factor_passkeys() {
            return Err(invalid(
                "WebAuthnMfaSettings needs a user pool whose FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION",
            ));
        }
        has_other_factor
            .then_some(())
            .ok_or_else(|| invalid("WebAuthnMfaSettings needs another MFA method of the user"))
    }
}

impl UserPool {
    /// The id of the relying party: the configured one or the pool's domain, which is this machine whatever its prefix
    /// (`WebAuthnConfigurationType`, "RelyingPartyId").
    pub(crate) fn relying_party_id(&self) -> Option<&str> {
        let configured = self.settings.web_authn_configuration.as_ref().and_then(WebAuthnConfig::relying_party_id);
        configured.or_else(|| self.domain.as_ref().map(|_| "localhost"))
    }

    /// `UserVerificationRequirement`, for the browser.
    pub(super) fn user_verification(&self) -> &'static str {
        if self.settings.requires_user_verification() { "required" } else { "preferred" }
    }

    /// Whether a user has a passkey of the pool's relying party, and the pool allows passkeys.
    pub(super) fn has_passkey(&self, user: &User) -> bool {
        let has = |rp_id| user.passkeys.of(rp_id).next().is_some();
        self.settings.allows_passkeys() && self.relying_party_id().is_some_and(has)
    }
}
