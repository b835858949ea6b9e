//! OAuth 2.0 (RFC 6749) with PKCE, at Cognito's hosted UI and at any OpenID Connect provider: URLs to go to, requests
//! built, replies read. No I/O.
//!
//! Source: "User pool endpoints and managed login reference" of the Cognito Developer Guide.

pub mod authorization_response;
pub mod authorize;
pub mod discovery;
pub mod jwks;
pub mod logout;
mod reply;
pub mod token;
pub mod user_info;

pub use reply::accept;
