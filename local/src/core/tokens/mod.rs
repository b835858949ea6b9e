//! Signing keys, JSON Web Tokens and the claims in them.

mod claims;
mod forgery;
mod jwt;
mod keys;

pub(crate) use claims::{API_SCOPE, Session, access_claims, client_claims, id_claims};
pub(crate) use forgery::{Forgery, Signer, TokenKind, sign};
pub(crate) use jwt::{decode, unchecked_claims};
pub(crate) use keys::{KeyRing, Role};
