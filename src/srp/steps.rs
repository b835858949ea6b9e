//! The protocol's formulas, one function each, so that the vectors can check every intermediate value.

use super::{Identity, pad};
use crate::crypto::group::Element;
use crate::crypto::product::multiply_add;
use crate::crypto::sha256::{hmac_sha256, sha256};
use crate::secret::Secret;

/// `k = H(pad(N) | pad(g))`, as five independent implementations have it.
const MULTIPLIER: [u8; 32] = [
    0x53, 0x82, 0x82, 0xc4, 0x35, 0x47, 0x42, 0xd7, 0xcb, 0xbd, 0xe2, 0x35, 0x9f, 0xcf, 0x67, 0xf9, 0xf5, 0xb3, 0xa6,
    0xb0, 0x87, 0x91, 0xe5, 0x01, 0x1b, 0x43, 0xb8, 0xa5, 0xb6, 0x6d, 0x9e, 0xe6,
];

/// `u = H(pad(A) | pad(B))`; both public values are big-endian integers.
pub fn scrambler(client_public: &[u8], server_public: &[u8]) -> [u8; 32] {
    sha256(&[&pad(client_public), &pad(server_public)])
}

/// `x = H(pad(salt) | H(group | user | ":" | password))`; the salt is a big-endian integer. The password is
/// taken as it is: no normalising, no trimming.
pub fn password_exponent(salt: &[u8], identity: &Identity<'_>, password: &Secret<String>) -> Secret<[u8; 32]> {
    let inner = Secret::new(sha256(&[
        identity.group.as_bytes(),
        identity.user.as_bytes(),
        b":",
        password.expose_secret().as_bytes(),
    ]));
    Secret::new(sha256(&[&pad(salt), inner.expose_secret()]))
}

/// `S = (B - k * g^x) ^ (a + u * x)`, with `a`, `u` and `x` as big-endian integers.
pub fn premaster_secret(a: &Secret<Vec<u8>>, server_public: &Element, u: &[u8; 32], x: &Secret<[u8; 32]>) -> Element {
    let verifier_times_k = Element::reduce(&MULTIPLIER).times_generator_power(x.expose_secret());
    let base = server_public.minus(&verifier_times_k);
    base.power(multiply_add(a.expose_secret(), u, x.expose_secret()).expose_secret())
}

/// `K`: the first 16 bytes of HKDF-SHA256 with salt `pad(u)`, key material `pad(S)`, info
/// `Caldera Derived Key`.
pub fn claim_key(u: &[u8; 32], premaster: &Element) -> Secret<[u8; 16]> {
    let bytes = Secret::new(premaster.to_be_bytes());
    let material = Secret::new(pad(bytes.expose_secret()));
    let extracted = Secret::new(hmac_sha256(&pad(u), &[material.expose_secret()]));
    let expanded = Secret::new(hmac_sha256(extracted.expose_secret(), &[b"Caldera Derived Key", &[1]]));
    let mut key = [0; 16];
    key.copy_from_slice(&expanded.expose_secret()[..16]);
    Secret::new(key)
}

/// `HMAC(K, group | user | secret block | timestamp)`, which Cognito calls the password claim signature.
pub fn claim_signature(
    key: &Secret<[u8; 16]>,
    identity: &Identity<'_>,
    secret_block: &[u8],
    timestamp: &str,
) -> [u8; 32] {
    hmac_sha256(
        key.expose_secret(),
        &[identity.group.as_bytes(), identity.user.as_bytes(), secret_block, timestamp.as_bytes()],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_multiplier_is_the_hash_of_the_group() {
        let mut modulus = Element::reduce(&[]).minus(&Element::reduce(&[1])).to_be_bytes();
        modulus[383] += 1;
        assert_eq!(modulus[383], 0xff);
        assert_eq!(MULTIPLIER, sha256(&[&pad(&modulus), &pad(&[2])]));
    }
}
