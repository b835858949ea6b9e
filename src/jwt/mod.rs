//! JSON Web Tokens (RFC 7519) signed with RS256 (RFC 7515, RFC 7518 section 3.3): reading and
//! verifying them. The platform verifies the signature.

mod claims;
mod expect;
mod jws;
mod keys;

pub use claims::Claims;
pub use expect::{Expected, TokenUse};
pub use jws::Jws;
pub use keys::{Key, read_keys};
