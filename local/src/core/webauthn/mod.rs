//! Web Authentication, the relying party's part: what a new passkey and a sign-in with one must prove (W3C, "Web Authentication: An
//! API for accessing Public Key Credentials, Level 3", sections 7.1 and 7.2).
//!
//! The JSON is that of `RegistrationResponseJSON` and `AuthenticationResponseJSON` there. Challenges are made and remembered elsewhere.

mod assertion;
mod attestation;
mod authenticator_data;
mod client_data;
mod origin;
mod public_key;
mod refusal;
mod registration;
mod response;

#[cfg(test)]
mod vectors;

pub(crate) use assertion::{Assertion, Known};
pub(crate) use public_key::{ALGORITHMS, PublicKey};
pub(crate) use refusal::Refusal;
pub(crate) use registration::{NewCredential, Registration};

/// What a ceremony was started with.
#[derive(Clone, Copy)]
pub(crate) struct Expected<'a> {
    /// The relying party's id: a host name.
    pub(crate) rp_id: &'a str,
    /// The challenge, in base64url as the browser was given it.
    pub(crate) challenge: &'a str,
    /// Whether the authenticator must have verified the user, for example by a fingerprint.
    pub(crate) user_verification: bool,
}
