//! What a ceremony was started with.

/// What the answer to a ceremony must fit.
#[derive(Clone, Copy)]
pub(crate) struct Expected<'a> {
    /// The relying party's id: a host name.
    pub(crate) rp_id: &'a str,
    /// The challenge, in base64url as the browser was given it.
    pub(crate) challenge: &'a str,
    /// Whether the authenticator must have verified the user, for example by a fingerprint.
    pub(crate) user_verification: bool,
}
