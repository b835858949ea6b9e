//! The RSA keys of user pools.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Access,
    /// A key that is in no JWKS, for the fault `wrongKey`.
    Foreign,
    Id,
}

/// One RSA key of 2048 bits.
pub(crate) struct SigningKey {
    pub(super) kid: String,
    private: RsaPrivateKey,
}

type Slot = Arc<OnceLock<Arc<SigningKey>>>;

/// A key is a function of its seed and takes a tenth of a second to make: every emulator of this process shares them.
static MADE: LazyLock<Mutex<HashMap<[u8; 32], Slot>>> = LazyLock::new(Mutex::default);

/// All keys of one emulator, made when first needed. They outlive a reset.
#[derive(Clone)]
pub(crate) struct KeyRing {
    master: [u8; 32],
}

impl KeyRing {
    pub(crate) fn new(master: [u8; 32]) -> Self {
        Self { master }
    }

    /// The key of a pool, made now if need be.
    pub(crate) fn key(&self, pool_id: &str, role: Role) -> Arc<SigningKey> {
        let label = match role {
            Role::Access => "access",
            Role::Foreign => "foreign",
            Role::Id => "id",
        };
        let digest =
            Sha256::new().chain_update(self.master).chain_update(pool_id).chain_update("\n").chain_update(label);
        let seed: [u8; 32] = digest.finalize().into();
        let slot = MADE.lock().unwrap_or_else(PoisonError::into_inner).entry(seed).or_default().clone();
        slot.get_or_init(|| Arc::new(SigningKey::make(seed))).clone()
    }

    /// The public keys of a pool as a JSON Web Key Set (RFC 7517).
    pub(crate) fn jwks(&self, pool_id: &str) -> Value {
        json!({ "keys": [self.key(pool_id, Role::Id).public(), self.key(pool_id, Role::Access).public()] })
    }
}

impl SigningKey {
    fn make(seed: [u8; 32]) -> Self {
        let kid = STANDARD.encode(Sha256::digest(seed));
        let mut random = ChaCha20Rng::from_seed(seed);
        let private = loop {
            if let Ok(key) = RsaPrivateKey::new(&mut random, 2048) {
                break key;
            }
        };
        Self { kid, private }
    }

    fn public(&self) -> Value {
        let encode = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        json!({
            "alg": "RS256", "kty": "RSA", "use": "sig", "kid": self.kid,
            "n": encode(self.private.n()), "e": encode(self.private.e()),
        })
    }

    /// RS256. `None` only if the RSA library refuses, which it does not for keys of this size.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        self.private.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).ok()
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let scheme = Pkcs1v15Sign::new::<Sha256>();
        self.private.to_public_key().verify(scheme, &Sha256::digest(message), signature).is_ok()
    }
}
