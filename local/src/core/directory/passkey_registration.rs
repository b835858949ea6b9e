//! Registering a passkey.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::passkeys::REGISTRATION_MS;
use super::{User, UserPool, UserStatus};
use crate::core::webauthn::{ALGORITHMS, Expected, Refusal, Registration};
use crate::core::wire::error::{ServiceError, invalid, invalid_access_token, reset_required};

impl UserPool {
    /// Begins a registration: the options for the browser (`StartWebAuthnRegistration`, response of the example).
    ///
    /// # Errors
    /// `WebAuthnNotEnabledException`, `WebAuthnConfigurationMissingException`, `LimitExceededException`.
    pub(crate) fn start_passkey(
        &mut self,
        username: &str,
        client_id: &str,
        challenge: String,
        now_ms: u64,
    ) -> Result<Value, ServiceError> {
        let rp_id = self.passkeys_allowed()?.to_owned();
        let user_verification = self.user_verification();
        let user = self.passkey_owner(username)?;
        if user.passkeys.is_full() {
            return Err(too_many());
        }
        let others = user.passkeys.of(&rp_id).map(|passkey| json!({ "id": passkey.id(), "type": "public-key" }));
        let options = json!({
            "authenticatorSelection": {
                "requireResidentKey": true,
                "residentKey": "required",
                "userVerification": user_verification,
            },
            "challenge": challenge,
            "excludeCredentials": others.collect::<Vec<_>>(),
            "pubKeyCredParams": ALGORITHMS.map(|algorithm| json!({ "alg": algorithm, "type": "public-key" })),
            "rp": { "id": rp_id, "name": rp_id },
            "timeout": REGISTRATION_MS,
            "user": { "id": URL_SAFE_NO_PAD.encode(&user.sub), "name": user.username, "displayName": user.username },
        });
        user.passkeys.registrations.begin(challenge, client_id, now_ms);
        Ok(options)
    }

    /// Ends a registration with what the browser made of the options. A challenge is good for one answer, right or wrong.
    ///
    /// # Errors
    /// `WebAuthnChallengeNotFoundException`, `WebAuthnClientMismatchException`, `LimitExceededException`, as [`Self::start_passkey`]
    /// and as the passkey is refused; `InvalidParameterException` for a malformed one and for one that is registered already.
    pub(crate) fn finish_passkey(
        &mut self,
        username: &str,
        client_id: &str,
        credential: &Value,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let rp_id = self.passkeys_allowed()?.to_owned();
        let user_verification = self.settings.requires_user_verification();
        let registration = Registration::read(credential).map_err(refused)?;
        let challenge = registration.challenge().map_err(refused)?.to_owned();
        let user = self.passkey_owner(username)?;
        let begun_by =
            user.passkeys.registrations.take(&challenge, now_ms).ok_or_else(|| refused(Refusal::Challenge))?;
        if begun_by != client_id {
            let text = "The registration was started by another app client.";
            return Err(ServiceError::new("WebAuthnClientMismatchException", text));
        }
        let expected = Expected { rp_id: &rp_id, challenge: &challenge, user_verification };
        let credential = registration.verify(&expected).map_err(refused)?;
        // A passkey belongs to one user (Web Authentication, section 7.1, step 26).
        if self.users().any(|user| user.passkeys.has(&credential.id)) {
            return Err(invalid("The passkey is registered already."));
        }
        let user = self.passkey_owner(username)?;
        if user.passkeys.is_full() {
            return Err(too_many());
        }
        user.passkeys.add(credential, &rp_id, now_ms);
        Ok(())
    }

    /// The user who registers, lists or deletes passkeys.
    ///
    /// # Errors
    /// `PasswordResetRequiredException`, `NotAuthorizedException` when the user is gone.
    pub(crate) fn passkey_owner(&mut self, username: &str) -> Result<&mut User, ServiceError> {
        let user = self.find_mut(username).ok_or_else(invalid_access_token)?;
        if user.status == UserStatus::ResetRequired { Err(reset_required()) } else { Ok(user) }
    }

    /// The relying party's id.
    fn passkeys_allowed(&self) -> Result<&str, ServiceError> {
        if !self.settings.allows_passkeys() {
            let text = "Passkeys are not enabled for the user pool.";
            return Err(ServiceError::new("WebAuthnNotEnabledException", text));
        }
        self.relying_party_id().ok_or_else(|| {
            let text = "The user pool has neither a relying party ID nor a domain.";
            ServiceError::new("WebAuthnConfigurationMissingException", text)
        })
    }
}

fn too_many() -> ServiceError {
    ServiceError::new("LimitExceededException", "The user has the maximum number of passkeys.")
}

/// The error for a new passkey that is refused.
fn refused(refusal: Refusal) -> ServiceError {
    match refusal {
        Refusal::Challenge => {
            ServiceError::new("WebAuthnChallengeNotFoundException", "The challenge was not found or has expired.")
        }
        Refusal::Origin => {
            ServiceError::new("WebAuthnOriginNotAllowedException", "The origin is not allowed for the relying party.")
        }
        Refusal::RelyingParty => ServiceError::new(
            "WebAuthnRelyingPartyMismatchException",
            "The passkey belongs to another relying party than the user pool's.",
        ),
        Refusal::Unsupported(what) => not_supported(format!("The passkey is not supported: {what}.")),
        Refusal::UserVerification => not_supported("The authenticator did not verify the user.".into()),
        Refusal::Malformed(what) => invalid(format!("The credential is malformed: {what}.")),
        Refusal::Backup | Refusal::SignCount | Refusal::Signature | Refusal::UserHandle | Refusal::UserPresence => {
            invalid("The credential is not valid.")
        }
    }
}

fn not_supported(text: String) -> ServiceError {
    ServiceError::new("WebAuthnCredentialNotSupportedException", text)
}
