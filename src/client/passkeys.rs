//! The user's passkeys.

use super::Client;
use crate::error::Error;
use crate::flow::passkeys::{self, Passkeys};
use crate::idp::operations;
use crate::json::Value;
use crate::platform::Platform;

impl<P: Platform> Client<P> {
    /// Has the user make a passkey on this device, and registers it (`StartWebAuthnRegistration`,
    /// `CompleteWebAuthnRegistration`).
    ///
    /// # Errors
    /// `passkey`, such as `passkey_exists` or `passkey_cancelled`; `signed_out`; `service`, such as
    /// `WebAuthnNotEnabledException`; network errors.
    pub async fn associate_web_authn_credential(&self) -> Result<(), Error> {
        passkeys::associate(&self.core, &self.platform).await
    }

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
