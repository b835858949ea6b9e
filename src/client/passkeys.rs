//! The user's passkeys.

use super::Client;
use crate::error::{Error, SignInFault};
use crate::flow::passkeys::{self, Passkeys};
use crate::flow::sign_in::{PendingSignIn, SignIn, SignInStep};
use crate::idp::operations;
use crate::json::Value;
use crate::platform::{self, Mediation, Platform};

impl<P: Platform> Client<P> {
    /// The user's passkeys (`ListWebAuthnCredentials`), from the page that a token names.
    ///
    /// # Errors
    /// `signed_out`; `service`; network errors.
    pub async fn list_web_authn_credentials(&self, next_token: Option<&str>) -> Result<Passkeys, Error> {
        let input = Value::object([]).with_some("nextToken", next_token.map(Value::from));
        self.perform(&operations::LIST_WEB_AUTHN_CREDENTIALS, &input).await.map(|output| (&output).into())
    }

    /// Deletes a passkey from the user pool (`DeleteWebAuthnCredential`). The device still has it.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `ResourceNotFoundException`; network errors.
    pub async fn delete_web_authn_credential(&self, credential_id: &str) -> Result<(), Error> {
        let input = Value::object([("credentialId", credential_id.into())]);
        self.perform(&operations::DELETE_WEB_AUTHN_CREDENTIAL, &input).await.map(drop)
    }
}

impl<P: Platform + platform::Passkeys> Client<P> {
    /// Has the user make a passkey on this device, and registers it (`StartWebAuthnRegistration`,
    /// `CompleteWebAuthnRegistration`).
    ///
    /// # Errors
    /// `passkey`, such as `passkey_exists` or `passkey_cancelled`; `signed_out`; `service`, such as
    /// `WebAuthnNotEnabledException`; network errors.
    pub async fn associate_web_authn_credential(&self) -> Result<(), Error> {
        passkeys::associate(&self.core, &self.platform).await
    }

    /// Signs in with a passkey (`USER_AUTH`): two requests. The user name says whose passkeys the user is offered. A password, a flow
    /// and a preferred factor in the input are passed by.
    ///
    /// [`Mediation::Conditional`] waits until the user chooses the passkey among the suggestions of an input that has
    /// `autocomplete="username webauthn"`. It begins anew before the challenge expires, and goes on after a dialog or another
    /// sign-in that failed. To end it, abort it.
    ///
    /// If the user has no passkey, the step lets the user choose another factor.
    ///
    /// # Errors
    /// `passkey`, such as `passkey_cancelled`: then the step `WEB_AUTHN` is kept, and [`Client::use_passkey`] opens the dialog again. For
    /// autofill also `passkey_missing` if the user has no passkey, and `passkey_superseded` when the user has signed in otherwise.
    /// Those of [`Client::sign_in`].
    pub async fn sign_in_with_passkey(&self, input: &SignIn, mediation: Mediation) -> Result<SignInStep, Error> {
        passkeys::sign_in(&self.sign_ins, &self.core, &self.platform, input, mediation).await
    }

    /// Answers the step `WEB_AUTHN` with a passkey, by a dialog.
    ///
    /// # Errors
    /// `sign_in` if the step is another one; those of [`Client::sign_in_with_passkey`] and [`Client::confirm_sign_in`].
    pub async fn use_passkey(&self, step: &PendingSignIn) -> Result<SignInStep, Error> {
        let (platform, modal) = (&self.platform, Mediation::Modal);
        let next = passkeys::use_passkey(&self.sign_ins, &self.core, platform, step, modal, &[]).await?;
        next.ok_or_else(|| SignInFault::NotBegun.into())
    }
}
