//! The attestation of a new passkey. Cognito asks for none, so browsers send none, or what the passkey's own key has signed
//! (section 5.4.7, "none").

use coset::cbor::Value;
use coset::cbor::de::from_reader;

use super::{PublicKey, Refusal};

/// An attestation object, taken apart (section 6.5.4).
pub(super) struct AttestationObject {
    pub(super) authenticator_data: Vec<u8>,
    format: String,
    statement: Vec<(Value, Value)>,
}

impl AttestationObject {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse(bytes).ok_or(Refusal::Malformed("attestationObject"))
    }

    fn parse(mut bytes: &[u8]) -> Option<Self> {
        let object = from_reader::<Value, _>(&mut bytes).ok().filter(|_| bytes.is_empty())?.into_map().ok()?;
        Some(Self {
            authenticator_data: member(&object, "authData")?.as_bytes()?.clone(),
            format: member(&object, "fmt")?.as_text()?.to_owned(),
            statement: member(&object, "attStmt")?.as_map()?.clone(),
        })
    }

    /// Checks the statement (sections 8.2 and 8.7). `signed` is what an authenticator signs: its data and the hash of the client data.
    pub(super) fn check(&self, key: &PublicKey, signed: &[u8]) -> Result<(), Refusal> {
        match self.format.as_str() {
            "none" if self.statement.is_empty() => Ok(()),
            "none" => Err(Refusal::Malformed("attestationObject")),
            "packed" if member(&self.statement, "x5c").is_none() => {
                let algorithm = member(&self.statement, "alg").and_then(Value::as_integer);
                let signature = member(&self.statement, "sig").and_then(Value::as_bytes);
                let signature = signature.ok_or(Refusal::Malformed("attestationObject"))?;
                let is_right = algorithm == Some(key.algorithm().into()) && key.has_signed(signed, signature);
                is_right.then_some(()).ok_or(Refusal::Signature)
            }
            _ => Err(Refusal::Unsupported("its attestation")),
        }
    }
}

fn member<'a>(map: &'a [(Value, Value)], name: &str) -> Option<&'a Value> {
    map.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value)
}
