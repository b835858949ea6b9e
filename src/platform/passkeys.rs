//! Passkeys: the browser's WebAuthn. Options and credentials are the JSON texts of WebAuthn Level 3 section 5.1, which the
//! browser reads and writes.

use std::future::Future;

use crate::error::Error;
use crate::secret::Secret;

/// How the browser asks the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mediation {
    /// By a dialog.
    Modal,
    /// By autofill: among the suggestions of an input that has `autocomplete="username webauthn"`.
    Conditional,
}

/// How long a wait for autofill lasts, in milliseconds. The session of Cognito's challenge lives 3 minutes by default, and the
/// choice of a passkey takes its time too.
pub const AUTOFILL_MS: u32 = 150_000;

/// The user's passkeys.
///
/// One request waits in a page at a time. A dialog interrupts a wait for autofill, which goes on if the dialog failed. The
/// caller's abort ends both, with the error `aborted`.
pub trait Passkeys {
    /// Asks for a passkey to sign in with. `options` is a `PublicKeyCredentialRequestOptionsJSON`, the result an
    /// `AuthenticationResponseJSON`.
    ///
    /// # Errors
    /// `passkey`. A wait for autofill ends as `passkey_timed_out` after [`AUTOFILL_MS`], and as `passkey_superseded` when the user signs
    /// in otherwise, in this tab or another.
    fn get_passkey(&self, options: &str, mediation: Mediation) -> impl Future<Output = Result<Secret<String>, Error>>;

    /// Has the user make a passkey. `options` is a `PublicKeyCredentialCreationOptionsJSON`, the result a
    /// `RegistrationResponseJSON`.
    ///
    /// # Errors
    /// `passkey`.
    fn create_passkey(&self, options: &str) -> impl Future<Output = Result<Secret<String>, Error>>;
}
