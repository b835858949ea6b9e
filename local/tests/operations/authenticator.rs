//! An authenticator and the browser around it, which write their own CBOR and JSON.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};

pub(crate) const ORIGIN: &str = "http://localhost:9401";

pub(crate) const PRESENT: u8 = 1;
pub(crate) const VERIFIED: u8 = 1 << 2;
const ATTESTED: u8 = 1 << 6;

/// One passkey, which says what it is told to say.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    pub(crate) id: String,
    pub(crate) rp_id: String,
    pub(crate) origin: String,
    pub(crate) flags: u8,
    pub(crate) algorithm: Vec<u8>,
    counter: Cell<u32>,
    /// `user.id` of the options that it was made with.
    user_handle: RefCell<Value>,
}

impl Authenticator {
    /// On this machine, with the user's presence and verification.
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random).unwrap();
        let mut id = [0; 32];
        random.fill(&mut id).unwrap();
        Self {
            key,
            id: URL_SAFE_NO_PAD.encode(id),
            rp_id: "localhost".into(),
            origin: ORIGIN.into(),
            flags: PRESENT | VERIFIED,
            // -7, ES256
            algorithm: vec![0x26],
            counter: Cell::new(0),
            user_handle: RefCell::new(Value::Null),
        }
    }

    /// Answers `PublicKeyCredentialCreationOptionsJSON` with `RegistrationResponseJSON`.
    pub(crate) fn create(&self, options: &Value) -> Value {
        self.user_handle.replace(options["user"]["id"].clone());
        let id = URL_SAFE_NO_PAD.decode(&self.id).unwrap();
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        let cose = [
            // A map of five: kty EC2, alg, crv P-256, x and y.
            &[0xa5, 0x01, 0x02, 0x03][..],
            &self.algorithm,
            &[0x20, 0x01, 0x21, 0x58, 0x20],
            x,
            &[0x22, 0x58, 0x20],
            y,
        ]
        .concat();
        let length = u16::try_from(id.len()).unwrap().to_be_bytes();
        let data = [&self.data(ATTESTED)[..], &[0; 16], &length, &id, &cose].concat();
        let size = u8::try_from(data.len()).unwrap();
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let attestation = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58", &[size][..], &data].concat();
        let response = json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client_data("webauthn.create", options)),
            "attestationObject": URL_SAFE_NO_PAD.encode(attestation),
            "transports": ["internal"],
        });
        self.credential(response)
    }

    /// Answers `PublicKeyCredentialRequestOptionsJSON` with `AuthenticationResponseJSON`.
    pub(crate) fn get(&self, options: &Value) -> Value {
        let client_data = self.client_data("webauthn.get", options);
        let data = self.data(0);
        let message = [&data[..], digest(&SHA256, &client_data).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        let response = json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": *self.user_handle.borrow(),
        });
        self.credential(response)
    }

    fn credential(&self, response: Value) -> Value {
        json!({
            "id": self.id, "rawId": self.id, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": response,
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data =
            json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    /// Authenticator data without a credential; each has a higher counter.
    fn data(&self, more: u8) -> Vec<u8> {
        self.counter.set(self.counter.get() + 1);
        let hash = digest(&SHA256, self.rp_id.as_bytes());
        [hash.as_ref(), &[self.flags | more], &self.counter.get().to_be_bytes()].concat()
    }
}
