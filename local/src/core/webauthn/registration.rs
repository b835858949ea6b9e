//! A new passkey (section 7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::attestation::AttestationObject;
use super::authenticator_data::AuthenticatorData;
use super::client_data::{Ceremony, ClientData};
use super::response::Credential;
use super::{Expected, PublicKey, Refusal};

/// A `RegistrationResponseJSON` that has been read and not checked yet.
pub(crate) struct Registration {
    id: String,
    attachment: Option<String>,
    transports: Vec<String>,
    client_data: ClientData,
    client_data_hash: [u8; 32],
    attestation: AttestationObject,
}

/// A passkey that may be kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct NewCredential {
    /// In base64url.
    pub(crate) id: String,
    pub(crate) public_key: PublicKey,
    pub(crate) sign_count: u32,
    pub(crate) backup_eligible: bool,
    pub(crate) attachment: Option<String>,
    pub(crate) transports: Vec<String>,
}

impl Registration {
    pub(crate) fn read(json: &Value) -> Result<Self, Refusal> {
        let credential = Credential::read(json)?;
        let client_data = credential.bytes("clientDataJSON")?;
        let transports = match credential.response.get("transports") {
            None | Some(Value::Null) => Vec::new(),
            Some(list) => {
                let texts = list.as_array().and_then(|list| list.iter().map(|item| item.as_str()).collect());
                let texts: Vec<&str> = texts.ok_or(Refusal::Malformed("transports"))?;
                texts.into_iter().map(str::to_owned).collect()
            }
        };
        Ok(Self {
            id: credential.id.to_owned(),
            attachment: credential.attachment.map(str::to_owned),
            transports,
            client_data_hash: Sha256::digest(&client_data).into(),
            client_data: ClientData::read(&client_data)?,
            attestation: AttestationObject::read(&credential.bytes("attestationObject")?)?,
        })
    }

    /// The challenge that it answers, in base64url.
    pub(crate) fn challenge(&self) -> Result<&str, Refusal> {
        self.client_data.challenge()
    }

    pub(crate) fn verify(self, expected: &Expected<'_>) -> Result<NewCredential, Refusal> {
        self.client_data.check(Ceremony::Create, expected)?;
        let data = AuthenticatorData::read(&self.attestation.authenticator_data)?;
        data.check(expected)?;
        let (sign_count, backup_eligible) = (data.sign_count, data.is_backup_eligible());
        let attested = data.attested.ok_or(Refusal::Malformed("authenticatorData"))?;
        if URL_SAFE_NO_PAD.encode(&attested.credential_id) != self.id {
            return Err(Refusal::Malformed("id"));
        }
        let public_key = PublicKey::from_cose(attested.public_key)?;
        let signed = [self.attestation.authenticator_data.as_slice(), &self.client_data_hash].concat();
        self.attestation.check(&public_key, &signed)?;
        Ok(NewCredential {
            id: self.id,
            public_key,
            sign_count,
            backup_eligible,
            attachment: self.attachment,
            transports: self.transports,
        })
    }
}
