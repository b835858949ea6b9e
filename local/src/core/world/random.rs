//! Randomness from one seed.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The random numbers of one emulator: from the operating system, or the same ones for the same seed.
#[derive(Clone)]
pub(crate) struct Random(ChaCha20Rng);

impl Random {
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self(seed.map_or_else(ChaCha20Rng::from_entropy, ChaCha20Rng::seed_from_u64))
    }

    /// Other random numbers, which a request can draw anew when it begins anew.
    pub(crate) fn fork(&mut self) -> Self {
        Self(ChaCha20Rng::from_seed(self.bytes()))
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    pub(crate) fn uuid(&mut self) -> String {
        uuid_from(self.bytes())
    }

    /// Six digits, as in mails and SMS.
    pub(crate) fn code(&mut self) -> String {
        format!("{:06}", self.below(1_000_000))
    }

    /// Standard base64 of that many random bytes.
    pub(crate) fn base64<const N: usize>(&mut self) -> String {
        STANDARD.encode(self.bytes::<N>())
    }

    /// Unpadded base64url of that many random bytes.
    pub(crate) fn base64url<const N: usize>(&mut self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<N>())
    }

    /// That many characters of an alphabet.
    pub(crate) fn text(&mut self, length: usize, alphabet: &[u8]) -> String {
        let size = u64::try_from(alphabet.len()).unwrap_or(1);
        (0..length).map(|_| char::from(alphabet[usize::try_from(self.below(size)).unwrap_or(0)])).collect()
    }

    fn below(&mut self, bound: u64) -> u64 {
        // The bias of a 64-bit remainder is far below what a test tool could show.
        self.0.next_u64() % bound.max(1)
    }
}

/// A UUID that is always the same for the same parts.
pub(crate) fn stable_uuid(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\n"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid_from(bytes)
}

fn uuid_from(bytes: [u8; 16]) -> String {
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Whether a text is a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_everything() {
        let draw = |seed| {
            let mut random = Random::new(seed);
            (random.uuid(), random.code(), random.base64::<9>(), random.text(8, b"abc"))
        };
        assert_eq!(draw(Some(7)), draw(Some(7)));
        assert_ne!(draw(Some(7)), draw(Some(8)));
        assert_ne!(draw(None), draw(None));
    }

    #[test]
    fn stable_uuids_are_version_4() {
        let uuid = stable_uuid(&["pool", "alice"]);
        assert_eq!(uuid, stable_uuid(&["pool", "alice"]));
        assert_ne!(uuid, stable_uuid(&["pool", "bob"]));
        assert!(is_uuid(&uuid) && uuid.as_bytes()[14] == b'4');
    }
}
