//! RS256 for the in-memory platform, by a crate that the kit does not use.

use poolpass::encode::base64;
use poolpass::jwt::Key;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use rsa::{BigUint, RsaPublicKey};

pub(crate) fn fits(key: &Key, message: &[u8], signature: &[u8]) -> bool {
    let number = |text| base64::decode_url(text).map(|bytes| BigUint::from_bytes_be(&bytes));
    let key = number(&key.modulus).zip(number(&key.exponent)).and_then(|(n, e)| RsaPublicKey::new(n, e).ok());
    let signature = Signature::try_from(signature).ok();
    key.zip(signature)
        .is_some_and(|(key, signature)| VerifyingKey::<Sha256>::new(key).verify(message, &signature).is_ok())
}
