//! A sign-in with a passkey (section 7.2).

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::authenticator_data::AuthenticatorData;
use super::client_data::{Ceremony, ClientData};
use super::response::{Credential, decode};
use super::{Expected, PublicKey, Refusal};

/// An `AuthenticationResponseJSON` that has been read and not checked yet.
pub(crate) struct Assertion {
    id: String,
    client_data: ClientData,
    client_data_hash: [u8; 32],
    authenticator_data: Vec<u8>,
    signature: Vec<u8>,
    user_handle: Option<Vec<u8>>,
}

/// What is known of the passkey.
pub(crate) struct Known<'a> {
    pub(crate) public_key: &'a PublicKey,
    pub(crate) sign_count: u32,
    pub(crate) backup_eligible: bool,
    pub(crate) user_handle: &'a [u8],
}

/// A sign-in that is genuine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Genuine {
    pub(crate) sign_count: u32,
    pub(crate) user_verified: bool,
}

impl Assertion {
    pub(crate) fn read(json: &Value) -> Result<Self, Refusal> {
        let credential = Credential::read(json)?;
        let client_data = credential.bytes("clientDataJSON")?;
        let user_handle = match credential.response.get("userHandle") {
            None | Some(Value::Null) => None,
            Some(handle) => Some(handle.as_str().and_then(decode).ok_or(Refusal::Malformed("userHandle"))?),
        };
        Ok(Self {
            id: credential.id.to_owned(),
            client_data_hash: Sha256::digest(&client_data).into(),
            client_data: ClientData::read(&client_data)?,
            authenticator_data: credential.bytes("authenticatorData")?,
            signature: credential.bytes("signature")?,
            user_handle,
        })
    }

    /// The id of the passkey, in base64url.
    pub(crate) fn credential_id(&self) -> &str {
        &self.id
    }

    /// The `user.id` of the options that the passkey was made with.
    pub(crate) fn user_handle(&self) -> Option<&[u8]> {
        self.user_handle.as_deref()
    }

    pub(crate) fn verify(&self, expected: &Expected<'_>, known: &Known<'_>) -> Result<Genuine, Refusal> {
        if self.user_handle.as_ref().is_some_and(|handle| handle != known.user_handle) {
            return Err(Refusal::UserHandle);
        }
        self.client_data.check(Ceremony::Get, expected)?;
        let data = AuthenticatorData::read(&self.authenticator_data)?;
        data.check(expected)?;
        if data.is_backup_eligible() != known.backup_eligible {
            return Err(Refusal::Backup);
        }
        let signed = [self.authenticator_data.as_slice(), &self.client_data_hash].concat();
        if !known.public_key.has_signed(&signed, &self.signature) {
            return Err(Refusal::Signature);
        }
        // Authenticators without a counter always say 0.
        if (data.sign_count, known.sign_count) != (0, 0) && data.sign_count <= known.sign_count {
            return Err(Refusal::SignCount);
        }
        Ok(Genuine { sign_count: data.sign_count, user_verified: data.is_user_verified() })
    }
}
