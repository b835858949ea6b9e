//! The client's side of one exchange.

use super::steps::{claim_key, claim_signature, password_exponent, premaster_secret, scrambler};
use super::timestamp;
use crate::crypto::group::Element;
use crate::encode::{base64, hex};
use crate::error::{Error, ResponseProblem, SrpProblem};
use crate::secret::Secret;

/// The client's secret exponent `a` and public value `A`. One exchange uses it up.
pub struct EphemeralKey {
    exponent: Secret<Vec<u8>>,
    public: [u8; crate::crypto::group::ELEMENT_BYTES],
}

/// Who proves a password: in a user pool, or a remembered device in its group.
pub struct Identity<'a> {
    /// The part of the user pool id behind `_`; for a device its group key.
    pub group: &'a str,
    /// `USER_ID_FOR_SRP`; for a device its key.
    pub user: &'a str,
}

/// What the server sends in `PASSWORD_VERIFIER` and `DEVICE_PASSWORD_VERIFIER`, as it was received.
pub struct Challenge<'a> {
    /// `SALT`: hex of an integer.
    pub salt: &'a str,
    /// `SRP_B`: hex of an integer.
    pub server_public: &'a str,
    /// `SECRET_BLOCK`: base64, opaque.
    pub secret_block: &'a str,
}

/// The answer to a challenge.
pub struct PasswordProof {
    /// `PASSWORD_CLAIM_SIGNATURE`: base64.
    pub signature: String,
    /// `TIMESTAMP`, the one that was signed.
    pub timestamp: String,
}

/// Longest integer taken from the server, in hex digits: twice the size of N.
const MAX_HEX_DIGITS: usize = 4 * crate::crypto::group::ELEMENT_BYTES;

impl EphemeralKey {
    /// Makes the key from 32 or more random bytes.
    ///
    /// # Errors
    /// `srp_refused` if fewer are given or `A mod N` is zero.
    pub fn new(random: Secret<Vec<u8>>) -> Result<Self, Error> {
        if random.expose_secret().len() < 32 {
            return Err(Error::srp(SrpProblem::ExponentShort));
        }
        Self::from_exponent(random)
    }

    fn from_exponent(exponent: Secret<Vec<u8>>) -> Result<Self, Error> {
        let public = Element::generator_power(exponent.expose_secret());
        if public.is_zero() {
            return Err(Error::srp(SrpProblem::ClientPublicZero));
        }
        Ok(Self { public: public.to_be_bytes(), exponent })
    }

    /// `SRP_A`: minimal hex.
    pub fn public_hex(&self) -> String {
        hex::encode_integer(&self.public)
    }

    /// Answers the challenge at server time `now_ms` (milliseconds since 1970).
    ///
    /// # Errors
    /// `invalid_response` if a parameter is not what it should be; `srp_refused` if `B mod N` or `u` is zero,
    /// which would make the password guessable.
    pub fn prove(
        &self,
        identity: &Identity<'_>,
        password: &Secret<String>,
        challenge: &Challenge<'_>,
        now_ms: i64,
    ) -> Result<PasswordProof, Error> {
        let salt = integer(challenge.salt, ResponseProblem::Salt)?;
        let server_public = integer(challenge.server_public, ResponseProblem::SrpB)?;
        let secret_block = base64::decode(challenge.secret_block)
            .ok_or_else(|| Error::invalid_response(ResponseProblem::SecretBlock))?;
        let b = Element::reduce(&server_public);
        if b.is_zero() {
            return Err(Error::srp(SrpProblem::ServerPublicZero));
        }
        let u = scrambler(&self.public, &server_public);
        if u == [0; 32] {
            return Err(Error::srp(SrpProblem::ScramblingZero));
        }
        let x = password_exponent(&salt, identity, password);
        let premaster = premaster_secret(&self.exponent, &b, &u, &x);
        let timestamp = timestamp::format(now_ms);
        let signature = claim_signature(&claim_key(&u, &premaster), identity, &secret_block, &timestamp);
        Ok(PasswordProof { signature: base64::encode(&signature), timestamp })
    }
}

fn integer(text: &str, problem: ResponseProblem) -> Result<Vec<u8>, Error> {
    if text.len() > MAX_HEX_DIGITS {
        return Err(Error::invalid_response(problem));
    }
    hex::decode_integer(text).ok_or_else(|| Error::invalid_response(problem))
}
