//! Public keys of passkeys: ES256 and RS256, the two that Cognito asks for (`StartWebAuthnRegistration`, "pubKeyCredParams").

use coset::cbor::Value;
use coset::iana::{Algorithm, Ec2KeyParameter, EllipticCurve, EnumI64 as _, KeyType, RsaKeyParameter};
use coset::{AsCborValue as _, CoseKey, Label, RegisteredLabelWithPrivate};
use ring::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::Refusal;

/// COSE numbers of the algorithms: ES256 and RS256.
pub(crate) const ALGORITHMS: [i64; 2] = [-7, -257];

/// The key that a passkey signs with.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum PublicKey {
    /// An uncompressed point of P-256.
    Es256(Vec<u8>),
    Rs256 {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
}

impl PublicKey {
    pub(super) fn from_cose(key: Value) -> Result<Self, Refusal> {
        let malformed = Refusal::Malformed("the public key");
        let key = CoseKey::from_cbor_value(key).map_err(|_| malformed)?;
        let (kind, algorithm) = (&key.kty, &key.alg);
        let is = |expected: Algorithm| *algorithm == Some(RegisteredLabelWithPrivate::Assigned(expected));
        if is(Algorithm::ES256) && *kind == coset::KeyType::Assigned(KeyType::EC2) {
            let curve = parameter(&key, Ec2KeyParameter::Crv.to_i64()).and_then(Value::as_integer);
            if curve != Some(EllipticCurve::P_256.to_i64().into()) {
                return Err(Refusal::Unsupported("the curve of its key"));
            }
            let coordinate = |label: Ec2KeyParameter| {
                let bytes = parameter(&key, label.to_i64()).and_then(Value::as_bytes);
                bytes.filter(|bytes| bytes.len() == 32).ok_or(malformed)
            };
            let (x, y) = (coordinate(Ec2KeyParameter::X)?, coordinate(Ec2KeyParameter::Y)?);
            return Ok(Self::Es256([&[4], x.as_slice(), y].concat()));
        }
        if is(Algorithm::RS256) && *kind == coset::KeyType::Assigned(KeyType::RSA) {
            let number = |label: RsaKeyParameter| {
                parameter(&key, label.to_i64()).and_then(Value::as_bytes).cloned().ok_or(malformed)
            };
            return Ok(Self::Rs256 { modulus: number(RsaKeyParameter::N)?, exponent: number(RsaKeyParameter::E)? });
        }
        Err(Refusal::Unsupported("the algorithm of its key"))
    }

    /// The COSE number of the algorithm.
    pub(super) fn algorithm(&self) -> i64 {
        match self {
            Self::Es256(_) => ALGORITHMS[0],
            Self::Rs256 { .. } => ALGORITHMS[1],
        }
    }

    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Es256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature),
            Self::Rs256 { modulus, exponent } => RsaPublicKeyComponents { n: modulus, e: exponent }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        }
        .is_ok()
    }
}

fn parameter(key: &CoseKey, label: i64) -> Option<&Value> {
    key.params.iter().find(|(name, _)| *name == Label::Int(label)).map(|(_, value)| value)
}
