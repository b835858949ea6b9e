//! RS256 for the in-memory platform, by a crate that the kit does not use.

use poolpass::encode::base64;
use poolpass::jwt::Key;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use rsa::{BigUint, RsaPublicKey};

pub(crate) fn fits(key: &Key, message: &[u8], signature: &[u8]) -> bool {
    let number = |text| BigUint::from_bytes_be(&base64::decode(text).unwrap());
    let key = RsaPublicKey::new(number(&key.modulus), number(&key.exponent)).unwrap();
    Signature::try_from(signature)
        .is_ok_and(|signature| VerifyingKey::<Sha256>::new(key).verify(message, &signature).is_ok())
}
