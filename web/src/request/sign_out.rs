//! Signing out.

use poolpass::error::Error;
use poolpass::flow::redirect::{self, HostedUi};
use poolpass::flow::sign_out::SignedOut;

use crate::platform::scope;
use crate::{Auth, Operation, navigation};

/// A sign-out: see [`Auth::sign_out`].
#[must_use = "a request is sent by .await"]
pub struct SignOutRequest {
    auth: Auth,
    input: redirect::SignOut,
}

impl Auth {
    /// Signs out: in all tabs at once, and at Cognito as far as it can be reached ([`SignedOut::not_revoked`]). If the user
    /// signed in at the hosted UI, the page goes there to end that session too, and comes back to a sign-out URL.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed; `bad_config` or `bad_input`, before anything is done, if
    /// no sign-out URL fits.
    pub fn sign_out(&self) -> SignOutRequest {
        let input = redirect::SignOut { page_url: scope::page_url(), ..redirect::SignOut::default() };
        SignOutRequest { auth: self.clone(), input }
    }
}

impl SignOutRequest {
    /// Ends every session of the user, on all devices (`GlobalSignOut`).
    pub fn global(mut self) -> Self {
        self.input.global = true;
        self
    }

    /// Leaves the hosted UI's session alone: the next sign-in there asks for no password.
    pub fn keep_hosted_ui(mut self) -> Self {
        self.input.hosted_ui = HostedUi::Leave;
        self
    }

    /// Ends the hosted UI's session in any case, and comes back to this sign-out URL.
    pub fn return_to(mut self, sign_out_url: &str) -> Self {
        self.input.hosted_ui = HostedUi::End(Some(sign_out_url.to_owned()));
        self
    }
}

impl IntoFuture for SignOutRequest {
    type Output = Result<SignedOut, Error>;
    type IntoFuture = Operation<SignedOut>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        auth.clone().run(async move {
            let result = auth.client.sign_out(&input).await?;
            if let Some(url) = &result.go_to {
                navigation::leave(&auth, url)?;
            }
            Ok(result)
        })
    }
}
