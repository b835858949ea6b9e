//! JSON Web Tokens (RFC 7519) signed with RS256 (RFC 7515, RFC 7518 section 3.3): reading, and what has to be true of
//! one before it is believed. The signature's arithmetic is the platform's.

mod claims;
mod expect;
mod jws;
mod keys;

pub use claims::Claims;
pub use expect::{Expected, TokenUse};
pub use jws::Jws;
pub use keys::{Key, read_keys};
