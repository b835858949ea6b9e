//! Why a passkey or a sign-in with one is refused.

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// The backup flags contradict each other, or what they said at registration.
    Backup,
    /// Not the challenge that was given.
    Challenge,
    /// Something has not the form that it must have.
    Malformed(&'static str),
    /// The page's origin may not use this relying party.
    Origin,
    /// The passkey belongs to another relying party.
    RelyingParty,
    /// The counter did not move on: there may be a copy of the passkey.
    SignCount,
    Signature,
    /// A key or an attestation of a kind that is not supported.
    Unsupported(&'static str),
    /// Another user's passkey.
    UserHandle,
    /// Nobody touched the authenticator.
    UserPresence,
    UserVerification,
}
