//! Time-based one-time passwords (RFC 6238) in the one form that Cognito uses: HMAC-SHA1, six digits, steps of thirty seconds.

mod base32;
#[cfg(test)]
mod vectors;

use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha1::Sha1;

/// How long a code is the current one.
const STEP_MS: u64 = 30_000;

/// AWS's model wants that many letters at least (`SecretCodeType`).
const FEWEST_LETTERS: usize = 16;
const DIGITS: u32 = 6;

/// What a user pool and an authenticator app share.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct TotpSecret(Vec<u8>);

impl TotpSecret {
    /// A secret as Cognito makes them: 52 letters in base32.
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes.into())
    }

    /// Reads base32 of at least 16 letters. Blanks, lower case and padding are accepted, as people copy secrets by hand.
    pub(crate) fn from_base32(text: &str) -> Option<Self> {
        let bytes = base32::decode(text)?;
        (base32::encode(&bytes).len() >= FEWEST_LETTERS).then_some(Self(bytes))
    }

    /// Base32 without padding, as `SecretCode`.
    pub(crate) fn base32(&self) -> String {
        base32::encode(&self.0)
    }

    /// The code of a step.
    pub(crate) fn code(&self, step: u64) -> String {
        hotp(&self.0, step, DIGITS)
    }
}

/// The step that a time, in milliseconds since 1970, falls into.
pub(crate) fn step_at(now_ms: u64) -> u64 {
    now_ms / STEP_MS
}

/// The current code and the seconds that it stays so.
pub(crate) fn current(secret: &TotpSecret, now_ms: u64) -> (String, u64) {
    code_and_seconds(secret, step_at(now_ms), now_ms)
}

/// The code of a step and the seconds until the step ends.
pub(crate) fn code_and_seconds(secret: &TotpSecret, step: u64, now_ms: u64) -> (String, u64) {
    let left_ms = (step + 1).saturating_mul(STEP_MS).saturating_sub(now_ms);
    (secret.code(step), left_ms.div_ceil(1000))
}

/// RFC 4226, section 5.3.
fn hotp(key: &[u8], counter: u64, digits: u32) -> String {
    let mac = Hmac::<Sha1>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    let tag: [u8; 20] = mac.chain_update(counter.to_be_bytes()).finalize().into_bytes().into();
    let offset = usize::from(tag[19] & 0xf);
    let word = [tag[offset], tag[offset + 1], tag[offset + 2], tag[offset + 3]];
    let number = u32::from_be_bytes(word) & 0x7fff_ffff;
    format!("{:0width$}", number % 10_u32.pow(digits), width = digits as usize)
}
