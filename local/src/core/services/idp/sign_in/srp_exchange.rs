//! What the SRP of users and that of devices have in common.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;

use super::parameters::{Parameters, required};
use crate::core::srp::{Challenge, Claim, Verifier};
use crate::core::wire::date::parse_srp_timestamp;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::world::random::Random;

/// How far a client's clock may be off. AWS does not say how far.
const TOLERANCE_MS: u64 = 5 * 60 * 1000;

/// The server's pair for one exchange, and B.
pub(super) fn draw(verifier: &Verifier, random: &mut Random) -> (Challenge, BigUint) {
    loop {
        if let Some(challenge) = Challenge::new(verifier, &random.bytes::<32>()) {
            let public = challenge.public().clone();
            return (challenge, public);
        }
    }
}

/// What an answer says about the password that the client has.
pub(super) struct PasswordClaim<'a> {
    pub(super) secret_block: &'a str,
    signature: &'a str,
    timestamp: &'a str,
    at_ms: u64,
}

impl<'a> PasswordClaim<'a> {
    /// # Errors
    /// `InvalidParameterException`.
    pub(super) fn read(responses: &'a Parameters) -> Result<Self, ServiceError> {
        let secret_block = required(responses, "PASSWORD_CLAIM_SECRET_BLOCK")?;
        let signature = required(responses, "PASSWORD_CLAIM_SIGNATURE")?;
        let timestamp = required(responses, "TIMESTAMP")?;
        let at_ms = parse_srp_timestamp(timestamp)
            .ok_or_else(|| invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english"))?;
        Ok(Self { secret_block, signature, timestamp, at_ms })
    }

    /// Whether it is signed with the session key, now. `pool_name` and `username` are those that the password was hashed with.
    pub(super) fn is_true(&self, key: Option<[u8; 16]>, pool_name: &str, username: &str, now_ms: u64) -> bool {
        let secret_block = STANDARD.decode(self.secret_block).unwrap_or_default();
        let signature = STANDARD.decode(self.signature).unwrap_or_default();
        let claim = Claim { pool_name, username, secret_block: &secret_block, timestamp: self.timestamp };
        key.is_some_and(|key| claim.is_signed_by(&key, &signature)) && self.at_ms.abs_diff(now_ms) <= TOLERANCE_MS
    }
}
