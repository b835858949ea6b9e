//! Signing up, and the attributes of the signed-in user.

use super::Client;
use crate::error::Error;
use crate::flow::sign_up::{CodeDelivery, ConfirmSignUp, ResendSignUpCode, SignUp, SignUpResult};
use crate::idp::operations;
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;

impl<P: Platform> Client<P> {
    /// Signs a new user up (`SignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `UsernameExistsException`; network errors.
    pub async fn sign_up(&self, input: &SignUp) -> Result<SignUpResult, Error> {
        self.perform(&operations::SIGN_UP, &input.into()).await.map(|output| (&output).into())
    }

    /// Confirms a new user with the code they were sent (`ConfirmSignUp`). If the input has the session of the sign-up, the result is
    /// one with which the user signs in: [`SignIn::session`](crate::flow::sign_in::SignIn::session).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `CodeMismatchException`; network errors.
    pub async fn confirm_sign_up(&self, input: &ConfirmSignUp) -> Result<Option<Secret<String>>, Error> {
        self.perform(&operations::CONFIRM_SIGN_UP, &input.into()).await.map(|output| output.secret("session"))
    }

    /// Sends the code again (`ResendConfirmationCode`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `LimitExceededException`; network errors.
    pub async fn resend_sign_up_code(&self, input: &ResendSignUpCode) -> Result<CodeDelivery, Error> {
        self.perform(&operations::RESEND_SIGN_UP_CODE, &input.into()).await.map(|output| (&output).into())
    }

    /// The user's attributes (`GetUser`), as names and values.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `NotAuthorizedException`; network errors.
    pub async fn fetch_user_attributes(&self) -> Result<Vec<(String, String)>, Error> {
        let input = Value::object([]);
        let output = self.perform(&operations::FETCH_USER_ATTRIBUTES, &input).await?;
        let texts = output.members().unwrap_or_default().iter();
        Ok(texts.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect())
    }
}
