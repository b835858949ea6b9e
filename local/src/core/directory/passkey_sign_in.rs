//! Signing in with a passkey.

use serde_json::{Value, json};

use super::{Attempt, Factor, User, UserPool, UserStatus};
use crate::core::webauthn::{Assertion, Expected, Known};
use crate::core::wire::error::{ServiceError, wrong_password};

impl UserPool {
    /// Whether a user can sign in with a passkey now: the pool allows it and the user has one of the pool's relying party. Where the
    /// user needs two factors, the passkey must count as both. Users who have yet to choose a password begin with that.
    pub(crate) fn offers_passkey(&self, user: &User) -> bool {
        let is_enough = !self.settings.asks_for_mfa(user) || self.is_multi_factor(user);
        self.has_passkey(user) && user.status == UserStatus::Confirmed && is_enough
    }

    /// Whether a passkey counts as two factors: for the pool (`WebAuthnFactorConfigurationType`) and for the user
    /// (`WebAuthnMfaSettingsType`).
    fn is_multi_factor(&self, user: &User) -> bool {
        self.settings.has_multi_factor_passkeys() && user.passkeys.multi_factor
    }

    /// `PublicKeyCredentialRequestOptionsJSON` for the browser (Developer Guide, "Authentication flows": `CREDENTIAL_REQUEST_OPTIONS`).
    /// Without a user, the passkey tells whose it is.
    pub(crate) fn passkey_options(&self, username: Option<&str>, challenge: &str, timeout_ms: u64) -> Value {
        let rp_id = self.relying_party_id().unwrap_or_default();
        let user = username.and_then(|username| self.find(username));
        let passkeys = user.into_iter().flat_map(|user| user.passkeys.of(rp_id));
        let allowed = passkeys.map(
            |passkey| json!({ "type": "public-key", "id": passkey.id(), "transports": passkey.credential.transports }),
        );
        json!({
            "challenge": challenge,
            "timeout": timeout_ms,
            "rpId": rp_id,
            "allowCredentials": allowed.collect::<Vec<_>>(),
            "userVerification": self.user_verification(),
        })
    }

    /// The internal name of the user whom a passkey says that it is of.
    pub(crate) fn passkey_holder(&self, credential: &Value) -> Option<String> {
        let assertion = Assertion::read(credential).ok()?;
        let sub = std::str::from_utf8(assertion.user_handle()?).ok()?;
        self.find(sub).filter(|user| user.sub == sub).map(|user| user.username.clone())
    }

    /// Checks what the browser made of the options: what the sign-in has proven then.
    ///
    /// # Errors
    /// `InvalidParameterException` for a credential that is not JSON, `NotAuthorizedException` for all else that is wrong.
    pub(crate) fn check_passkey(
        &mut self,
        attempt: Attempt,
        credential: &Value,
        challenge: &str,
    ) -> Result<Attempt, ServiceError> {
        let user_verification = self.settings.requires_user_verification();
        let rp_id = self.relying_party_id().ok_or_else(wrong_password)?.to_owned();
        let user = self.find(&attempt.username).filter(|user| self.offers_passkey(user)).ok_or_else(wrong_password)?;
        let multi_factor = self.is_multi_factor(user);
        let assertion = Assertion::read(credential).map_err(|_| wrong_password())?;
        let user = self.find_mut(&attempt.username).ok_or_else(wrong_password)?;
        let user_handle = user.sub.clone();
        let passkey = user.passkeys.find_mut(assertion.credential_id(), &rp_id).ok_or_else(wrong_password)?;
        let expected = Expected { rp_id: &rp_id, challenge, user_verification };
        let known = Known {
            public_key: &passkey.credential.public_key,
            sign_count: passkey.credential.sign_count,
            backup_eligible: passkey.credential.backup_eligible,
            user_handle: user_handle.as_bytes(),
        };
        let genuine = assertion.verify(&expected, &known).map_err(|_| wrong_password())?;
        passkey.credential.sign_count = genuine.sign_count;
        if multi_factor && !genuine.user_verified {
            return Err(wrong_password());
        }
        let roaming_passkey = passkey.credential.attachment.as_deref() == Some("cross-platform");
        Ok(Attempt { first: Some(Factor::Passkey), roaming_passkey, ..attempt })
    }
}
