//! The session, and its end.

use std::rc::Rc;

use super::Client;
use crate::error::Error;
use crate::flow::redirect::{self, SignOut};
use crate::flow::sign_out::{self, SignedOut};
use crate::flow::verify;
use crate::jwt::{Claims, TokenUse};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{Session, ends_session};

impl<P: Platform> Client<P> {
    /// The session's record as it is stored, with no request.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub async fn current_session(&self) -> Result<Rc<Session>, Error> {
        self.core.require(&self.platform).await
    }

    /// Valid tokens. They are refreshed first if they are about to expire, or if `force` is set. `None` if nobody is signed
    /// in, or if the session has ended.
    ///
    /// # Errors
    /// Network errors, `service` errors that do not end the session, `lock_timeout`, `storage_read`.
    pub fn fetch_auth_session(&self, force: bool) -> impl Future<Output = Result<Option<Rc<Session>>, Error>> {
        self.fetch_auth_session_with(force, Vec::new())
    }

    /// As [`Client::fetch_auth_session`], with data for the triggers of a refresh. Callers who share one refresh share the data of
    /// the first.
    ///
    /// # Errors
    /// As [`Client::fetch_auth_session`].
    pub async fn fetch_auth_session_with(
        &self,
        force: bool,
        client_metadata: Vec<(String, String)>,
    ) -> Result<Option<Rc<Session>>, Error> {
        match self.core.fresh_with(&self.platform, force, client_metadata).await {
            Ok(session) => Ok(Some(session)),
            Err(error) if ends_session(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Verifies a token of this user pool and app client, such as one that came from elsewhere: signature, issuer, client,
    /// use, times. Gives its claims.
    ///
    /// # Errors
    /// `token_invalid`; network errors if the pool's keys cannot be fetched.
    pub async fn verify_token(&self, token: &Secret<String>, token_use: TokenUse) -> Result<Claims, Error> {
        verify::verify_token(&self.core, &self.platform, token, token_use).await
    }

    /// Signs out here and, if it can be reached, at Cognito. Returns the address that ends the hosted UI's session.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed; `bad_config` or `bad_input`, before anything is done, if
    /// there is no way to the hosted UI.
    pub async fn sign_out(&self, input: &SignOut) -> Result<SignedOut, Error> {
        let _ = self.sign_ins.forget(&self.core, &self.platform).await;
        redirect::sign_out(&self.core, &self.platform, input).await
    }

    /// Signs out as [`Client::sign_out`] does, and leaves the hosted UI's own session alone. `global` ends the user's sessions
    /// on all devices.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed.
    pub async fn sign_out_here(&self, global: bool) -> Result<SignedOut, Error> {
        let _ = self.sign_ins.forget(&self.core, &self.platform).await;
        sign_out::sign_out(&self.core, &self.platform, global).await
    }

    /// The prefix of this client's keys in the storage.
    pub fn storage_prefix(&self) -> &str {
        self.core.storage_prefix()
    }

    /// Tells the client of a session that the app has been shown before this client existed. If it is gone at the next look,
    /// `signedOut` is emitted.
    pub fn expect_session(&self, session_id: String) {
        self.core.expect_session(session_id);
    }

    /// Looks whether the session is still stored, after something other than the kit changed the storage, and emits
    /// `signedOut` if it is not. Call it on the browser's `storage` events for keys that were removed.
    ///
    /// # Errors
    /// `storage_read`.
    pub async fn recheck(&self) -> Result<(), Error> {
        self.core.load(&self.platform).await.map(drop)
    }
}
