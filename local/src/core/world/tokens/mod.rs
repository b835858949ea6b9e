//! Signing keys, JSON Web Tokens and the claims in them.

mod certificate;
mod forgery;
mod jws;
mod jwt;
mod keys;

pub(crate) use certificate::certificate;
pub(crate) use forgery::{Forgery, Signer, TokenKind, sign};
pub(crate) use jws::{RsaKey, verify as verify_jws};
pub(crate) use jwt::{decode, unchecked_claims};
pub(crate) use keys::{KeptKeys, KeyRing, Role};
