//! What a server stores, offers and checks.

use hmac::{Hmac, Mac as _};
use num_bigint::BigUint;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::group::{K, N, g, hash, pad};

/// What is kept of a password: a salt and v = g^x mod N.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Verifier {
    #[serde(with = "super::kept")]
    pub(crate) salt: BigUint,
    #[serde(with = "super::kept")]
    v: BigUint,
}

impl Verifier {
    /// x = H(pad(salt) || H(poolName || username || ":" || password)). The pool name is the part of the pool id after `_`.
    pub(crate) fn new(pool_name: &str, username: &str, password: &str, salt: [u8; 16]) -> Self {
        let salt = BigUint::from_bytes_be(&salt);
        let v = g().modpow(&private_key(pool_name, username, password, &salt), &N);
        Self { salt, v }
    }

    /// From what a client computed of a password that it keeps to itself. `None` when v is not an element of the group.
    pub(crate) fn from_bytes(salt: &[u8], v: &[u8]) -> Option<Self> {
        let [salt, v] = [salt, v].map(BigUint::from_bytes_be);
        (v != BigUint::ZERO && v < *N).then_some(Self { salt, v })
    }

    /// Whether this is the password, in constant time over the final comparison.
    pub(crate) fn matches(&self, pool_name: &str, username: &str, password: &str) -> bool {
        let v = g().modpow(&private_key(pool_name, username, password, &self.salt), &N);
        // An HMAC under one key gives the constant-time comparison of two numbers of any length.
        let tag = |number: &BigUint| mac(b"compare").chain_update(number.to_bytes_be());
        tag(&v).verify_slice(&tag(&self.v).finalize().into_bytes()).is_ok()
    }

    #[cfg(test)]
    pub(super) fn from_parts(salt: BigUint, v: BigUint) -> Self {
        Self { salt, v }
    }

    #[cfg(test)]
    pub(super) fn v(&self) -> &BigUint {
        &self.v
    }
}

/// A server's ephemeral pair: b and B = k·v + g^b mod N.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Challenge {
    #[serde(with = "super::kept")]
    b: BigUint,
    #[serde(with = "super::kept")]
    public: BigUint,
}

impl Challenge {
    /// `None` when B mod N = 0: draw again.
    pub(crate) fn new(verifier: &Verifier, b: &[u8]) -> Option<Self> {
        let b = BigUint::from_bytes_be(b);
        let public = (&*K * &verifier.v + g().modpow(&b, &N)) % &*N;
        (public != BigUint::ZERO).then_some(Self { b, public })
    }

    /// B.
    pub(crate) fn public(&self) -> &BigUint {
        &self.public
    }

    /// S = (A · v^u)^b mod N and K = HKDF(salt pad(u), ikm pad(S)), 16 bytes. `None` when u = 0.
    pub(crate) fn session_key(&self, verifier: &Verifier, client_public: &BigUint) -> Option<[u8; 16]> {
        let u = hash(&[&pad(client_public), &pad(&self.public)]);
        if u == BigUint::ZERO {
            return None;
        }
        Some(derive_key(&u, &self.shared_secret(verifier, client_public, &u)))
    }

    pub(super) fn shared_secret(&self, verifier: &Verifier, client_public: &BigUint, u: &BigUint) -> BigUint {
        (client_public * verifier.v.modpow(u, &N)).modpow(&self.b, &N)
    }
}

/// What a client must sign with the session key.
pub(crate) struct Claim<'a> {
    pub(crate) pool_name: &'a str,
    pub(crate) username: &'a str,
    pub(crate) secret_block: &'a [u8],
    pub(crate) timestamp: &'a str,
}

impl Claim<'_> {
    /// Checks the signature in constant time.
    pub(crate) fn is_signed_by(&self, key: &[u8; 16], signature: &[u8]) -> bool {
        let message = mac(key)
            .chain_update(self.pool_name)
            .chain_update(self.username)
            .chain_update(self.secret_block)
            .chain_update(self.timestamp);
        message.verify_slice(signature).is_ok()
    }
}

/// A client's A from its hexadecimal form; `None` when it is malformed, too long or 0 mod N.
pub(crate) fn parse_public_value(text: &str) -> Option<BigUint> {
    if text.is_empty() || text.len() > 2 * 768 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = BigUint::parse_bytes(text.as_bytes(), 16)?;
    (&number % &*N != BigUint::ZERO).then_some(number)
}

/// A random element of the group, to stand for B where there is no user.
pub(crate) fn random_public_value(exponent: &[u8]) -> BigUint {
    g().modpow(&BigUint::from_bytes_be(exponent), &N)
}

fn private_key(pool_name: &str, username: &str, password: &str, salt: &BigUint) -> BigUint {
    let inner = Sha256::new().chain_update(pool_name).chain_update(username).chain_update(":").chain_update(password);
    hash(&[&pad(salt), &inner.finalize()])
}

pub(super) fn derive_key(u: &BigUint, shared_secret: &BigUint) -> [u8; 16] {
    let pseudo_random = mac(&pad(u)).chain_update(pad(shared_secret)).finalize().into_bytes();
    let block = mac(&pseudo_random).chain_update(b"Caldera Derived Key\x01").finalize().into_bytes();
    let mut key = [0; 16];
    key.copy_from_slice(&block[..16]);
    key
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of every length; the error type is there for other MACs.
    Hmac::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes any key"))
}
