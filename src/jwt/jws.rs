//! A token taken apart (RFC 7515 section 7.1).

use super::Claims;
use crate::encode::base64;
use crate::error::{Error, TokenFault};
use crate::json::Value;

/// A compact JWS whose header says RS256 and names a key. Its signature is still to be verified.
pub struct Jws<'a> {
    /// `kid`: the key it is said to be signed with.
    pub key_id: String,
    /// The claims, which are not verified yet.
    pub claims: Claims,
    /// The signed text: header and payload.
    pub signed: &'a str,
    /// The signature.
    pub signature: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// Takes a token apart. The algorithm is ours to say, not the token's: a key in its header (`jwk`, `jku`, `x5u`) is
    /// never looked at.
    ///
    /// # Errors
    /// `token_invalid`: `malformed_token`, `wrong_algorithm`, `unknown_key` if it names none.
    pub fn read(token: &'a str) -> Result<Self, Error> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenFault::Malformed)?;
        let header = part(header).ok_or(TokenFault::Malformed)?;
        if header.str("alg") != Some("RS256") {
            return Err(TokenFault::Algorithm.into());
        }
        // An extension that has to be understood is one that we don't (section 4.1.11).
        if header.get("crit").is_some() {
            return Err(TokenFault::Malformed.into());
        }
        Ok(Self {
            key_id: header.string("kid").ok_or(TokenFault::UnknownKey)?,
            claims: part(payload).map(Claims::new).ok_or(TokenFault::Malformed)?,
            signature: base64::decode_url(signature).ok_or(TokenFault::Malformed)?,
            signed,
        })
    }
}

/// A part that is a JSON object.
fn part(text: &str) -> Option<Value> {
    let bytes = base64::decode_url(text)?;
    Value::parse(std::str::from_utf8(&bytes).ok()?).filter(|json| json.members().is_some())
}
