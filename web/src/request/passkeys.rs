//! Passkeys: signing in with them, and the user's. Apps that call none of this don't link it.

use std::rc::Rc;

use poolpass::client::challenge::{Refused, SignIn, Step, Unanswered, UsePasskey};
use poolpass::error::Error;
use poolpass::flow::passkeys::Passkeys;
use poolpass::flow::sign_in;
use poolpass::platform::Mediation;

use crate::{Auth, Operation};

/// A sign-in with a passkey: see [`Auth::sign_in_with_passkey`].
#[must_use = "a request is sent by .await"]
pub struct PasskeySignInRequest {
    auth: Auth,
    input: sign_in::SignIn,
    mediation: Mediation,
}

impl Auth {
    /// Signs in with a passkey (`USER_AUTH`), by a dialog. The user name says whose passkeys the user is offered. If the user has
    /// none, the result lets the user choose another factor.
    ///
    /// # Errors
    /// `passkey`, such as `passkey_cancelled`: then [`Auth::pending_sign_in`] has the step, and [`Auth::use_passkey`] opens the
    /// dialog again. Those of [`Auth::sign_in`].
    pub fn sign_in_with_passkey(&self, username: impl Into<String>) -> PasskeySignInRequest {
        let input = sign_in::SignIn { username: username.into(), ..sign_in::SignIn::default() };
        PasskeySignInRequest { auth: self.clone(), input, mediation: Mediation::Modal }
    }

    /// Has the browser ask the user for the passkey, by a dialog, and answers the step with it.
    ///
    /// # Errors
    /// `passkey`, such as `passkey_cancelled`; those of [`Auth::sign_in`].
    pub fn use_passkey(&self, step: UsePasskey) -> Operation<SignIn, Refused<UsePasskey>> {
        let (auth, pending) = (self.clone(), step.asked().shared());
        let answering = self.run::<_, Unanswered>(async move {
            let by = Rc::new(auth.clone());
            auth.client.passkey_answer(pending, by).await
        });
        Operation::unstoppable(async move { answering.await.map_err(|unanswered| unanswered.refused(step)) })
    }

    /// Has the user make a passkey on this device, and registers it (`StartWebAuthnRegistration`,
    /// `CompleteWebAuthnRegistration`).
    ///
    /// # Errors
    /// `passkey`, such as `passkey_exists` or `passkey_cancelled`; `signed_out`; `service`, such as
    /// `WebAuthnNotEnabledException`; network errors.
    pub fn associate_web_authn_credential(&self) -> Operation<()> {
        let client = self.client.clone();
        self.run(async move { client.associate_web_authn_credential().await })
    }

    /// The user's passkeys (`ListWebAuthnCredentials`), from the page that a token names.
    ///
    /// # Errors
    /// `signed_out`; `service`; network errors.
    pub fn list_web_authn_credentials(&self, next_token: Option<&str>) -> Operation<Passkeys> {
        let (client, next_token) = (self.client.clone(), next_token.map(str::to_owned));
        self.run(async move { client.list_web_authn_credentials(next_token.as_deref()).await })
    }

    /// Deletes a passkey from the user pool (`DeleteWebAuthnCredential`). The device still has it.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `ResourceNotFoundException`; network errors.
    pub fn delete_web_authn_credential(&self, credential_id: &str) -> Operation<()> {
        let (client, credential_id) = (self.client.clone(), credential_id.to_owned());
        self.run(async move { client.delete_web_authn_credential(&credential_id).await })
    }
}

impl PasskeySignInRequest {
    /// Opens no dialog, and waits until the user chooses the passkey among the suggestions of an input with
    /// `autocomplete="username webauthn"`. It begins anew before the challenge expires. To end it, abort it.
    ///
    /// # Errors
    /// Also `passkey_missing` if the user has no passkey, and `passkey_superseded` when the user has signed in otherwise.
    pub const fn autofill(mut self) -> Self {
        self.mediation = Mediation::Conditional;
        self
    }

    /// Data for the pool's triggers.
    pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
        self.input.client_metadata.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl IntoFuture for PasskeySignInRequest {
    type Output = Result<SignIn, Error>;
    type IntoFuture = Operation<SignIn>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input, mediation } = self;
        let client = auth.client.clone();
        auth.clone().run(async move {
            let step = client.sign_in_with_passkey(&input, mediation).await?;
            client.typed_by(step, Rc::new(auth)).await
        })
    }
}
