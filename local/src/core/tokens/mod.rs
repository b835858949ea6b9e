//! Signing keys, JSON Web Tokens and the claims in them.

mod claims;
mod jwt;
mod keys;

pub(crate) use claims::{API_SCOPE, Session, access_claims, id_claims};
pub(crate) use jwt::{decode, sign, unchecked_claims};
pub(crate) use keys::{KeyRing, Role};
