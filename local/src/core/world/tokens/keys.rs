//! The RSA keys of user pools.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use serde::{Deserialize, Serialize};
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
    /// SAML requests.
    Saml,
}

/// One RSA key of 2048 bits.
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    private: RsaPrivateKey,
}

type Slot = Arc<OnceLock<Arc<SigningKey>>>;

/// A key is a function of its seed and takes a tenth of a second to make: every emulator of this process shares them.
static MADE: LazyLock<Mutex<HashMap<[u8; 32], Slot>>> = LazyLock::new(Mutex::default);

/// All keys of one emulator, made when first needed. They outlive a reset.
#[derive(Clone)]
pub(crate) struct KeyRing {
    master: [u8; 32],
    /// The generations that are in the JWKS; the last one signs.
    generations: Arc<Mutex<Vec<u32>>>,
}

/// What all keys can be made of again.
#[derive(Deserialize, PartialEq, Serialize)]
pub(crate) struct KeptKeys {
    master: [u8; 32],
    generations: Vec<u32>,
}

impl KeyRing {
    pub(crate) fn new(master: [u8; 32]) -> Self {
        Self { master, generations: Arc::new(Mutex::new(vec![0])) }
    }

    /// What is kept of it.
    pub(crate) fn kept(&self) -> KeptKeys {
        KeptKeys { master: self.master, generations: self.published_generations() }
    }

    /// Takes the place of another, whose tokens stay good.
    pub(crate) fn restored(kept: KeptKeys) -> Self {
        Self { master: kept.master, generations: Arc::new(Mutex::new(kept.generations)) }
    }

    /// The key of a pool that signs now, made now if need be.
    pub(crate) fn key(&self, pool_id: &str, role: Role) -> Arc<SigningKey> {
        self.made(pool_id, role, self.published_generations().last().copied().unwrap_or_default())
    }

    /// The keys of a pool that are in the JWKS.
    pub(crate) fn published(&self, pool_id: &str, role: Role) -> impl Iterator<Item = Arc<SigningKey>> {
        self.published_generations().into_iter().map(move |generation| self.made(pool_id, role, generation))
    }

    /// The public keys of a pool as a JSON Web Key Set (RFC 7517).
    pub(crate) fn jwks(&self, pool_id: &str) -> Value {
        let public = |role| self.published(pool_id, role).map(|key| key.public());
        json!({ "keys": public(Role::Id).chain(public(Role::Access)).collect::<Vec<_>>() })
    }

    /// Puts new keys in place of all that there are; the old ones stay in the JWKS or vanish from it.
    pub(crate) fn roll(&self, keep_old: bool) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let next = generations.last().copied().unwrap_or_default().wrapping_add(1);
        if !keep_old {
            generations.clear();
        }
        generations.push(next);
    }

    fn published_generations(&self) -> Vec<u32> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn made(&self, pool_id: &str, role: Role, generation: u32) -> Arc<SigningKey> {
        let label = match role {
            Role::Access => "access",
            Role::Foreign => "foreign",
            Role::Id => "id",
            Role::Saml => "saml",
        };
        let mut digest =
            Sha256::new().chain_update(self.master).chain_update(pool_id).chain_update("\n").chain_update(label);
        if generation > 0 {
            digest.update(generation.to_be_bytes());
        }
        let seed: [u8; 32] = digest.finalize().into();
        let slot = MADE.lock().unwrap_or_else(PoisonError::into_inner).entry(seed).or_default().clone();
        slot.get_or_init(|| Arc::new(SigningKey::make(seed))).clone()
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

    /// The public key as text (PEM of SubjectPublicKeyInfo).
    pub(crate) fn public_pem(&self) -> String {
        self.private.to_public_key().to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// The public key as SubjectPublicKeyInfo in DER.
    pub(super) fn public_der(&self) -> Vec<u8> {
        self.private.to_public_key().to_public_key_der().map(|der| der.as_bytes().to_vec()).unwrap_or_default()
    }

    /// RS256. `None` only if the RSA library refuses, which it does not for keys of this size.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        self.private.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).ok()
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let scheme = Pkcs1v15Sign::new::<Sha256>();
        self.private.to_public_key().verify(scheme, &Sha256::digest(message), signature).is_ok()
    }
}
