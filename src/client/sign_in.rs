//! Signing in.

use std::rc::Rc;

use super::Client;
use crate::error::Error;
use crate::flow::sign_in::{self, ConfirmSignIn, PendingSignIn, RequireAuth, SignIn, SignInStep};
use crate::platform::Platform;
use crate::secret::Secret;

impl<P: Platform> Client<P> {
    /// Signs in: two requests by SRP, one by password. A session that was there is replaced. If the user is asked for something, the
    /// step is kept for this tab until it expires, and [`Client::confirm_sign_in`] takes the answer.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `NotAuthorizedException`; `srp_refused`; `sign_in` with the reason
    /// `superseded` if another sign-in has begun meanwhile; network errors.
    pub async fn sign_in(&self, input: &SignIn) -> Result<SignInStep, Error> {
        sign_in::sign_in(&self.sign_ins, &self.core, &self.platform, input).await
    }

    /// Answers the step that this tab's user is asked for. If the answer is refused, the step stays, and another answer can be
    /// given, unless the reason is `session_expired` or `session_used`. The same answer given twice at a time is sent once.
    ///
    /// # Errors
    /// `bad_input` before any request; `sign_in` if no step waits for an answer, or another answer is under way; those of
    /// [`Client::sign_in`]; `service`, such as `CodeMismatchException`.
    pub async fn confirm_sign_in(&self, input: &ConfirmSignIn) -> Result<SignInStep, Error> {
        let loaded = self.platform.load_deferred().await?;
        loaded.run(sign_in::confirm_sign_in(&self.sign_ins, &self.core, &self.platform, None, input)).await
    }

    /// The step that this tab's user is asked for. A reload of the page keeps it. `None` if there is none, or if it has expired.
    ///
    /// # Errors
    /// `storage_read`
    pub async fn pending_sign_in(&self) -> Result<Option<Rc<PendingSignIn>>, Error> {
        self.sign_ins.step(&self.core, &self.platform).await
    }

    /// Takes a step that [`PendingSignIn::serialize`] has made as this tab's. `None` if it is not of this app client, or has
    /// expired.
    ///
    /// # Errors
    /// None in Rust apps; `network` in the npm package, if its second wasm file can't be loaded.
    pub async fn resume_sign_in(&self, text: &Secret<String>) -> Result<Option<Rc<PendingSignIn>>, Error> {
        let loaded = self.platform.load_deferred().await?;
        Ok(loaded.run(self.sign_ins.adopt(&self.core, &self.platform, text.expose_secret())).await)
    }

    /// Checks that the user has proven enough, recently enough, by the session's claims `acr` and `auth_time`. If so, nothing is sent.
    /// Otherwise the user is asked for what is missing (`USER_AUTH` with `TARGET_ACR_VALUES`): the step is answered as one of a
    /// sign-in, and then the session has new tokens.
    ///
    /// # Errors
    /// `signed_out`; `invalid_response` if the tokens are another user's; those of [`Client::sign_in`].
    pub async fn require_auth(&self, input: &RequireAuth) -> Result<SignInStep, Error> {
        let loaded = self.platform.load_deferred().await?;
        loaded.run(sign_in::require_auth(&self.sign_ins, &self.core, &self.platform, input)).await
    }

    /// Prepares the next sign-in with a password: computes its SRP public value, and runs the arithmetic once, so that a
    /// browser has compiled it. Takes some milliseconds of the processor, and sends nothing.
    ///
    /// # Errors
    /// `no_random`.
    pub fn warm_up(&self) -> Result<(), Error> {
        sign_in::warm_up(&self.sign_ins, &self.platform)
    }
}
