//! Web Authentication, the relying party's part: what a new passkey and a sign-in with one must prove (W3C, "Web Authentication: An
//! API for accessing Public Key Credentials, Level 3", sections 7.1 and 7.2).
//!
//! The JSON is that of `RegistrationResponseJSON` and `AuthenticationResponseJSON` there. Challenges are made and remembered elsewhere.

mod assertion;
mod attestation;
mod authenticator_data;
mod client_data;
mod expected;
mod origin;
mod public_key;
mod refusal;
mod registration;
mod response;

#[cfg(test)]
mod vectors;

pub(crate) use assertion::{Assertion, Known};
pub(crate) use expected::Expected;
pub(crate) use public_key::{ALGORITHMS, PublicKey};
pub(crate) use refusal::Refusal;
pub(crate) use registration::{NewCredential, Registration};
