//! The operations of the table, typed: passwords, attributes, second factors, sessions.
//!
//! | module | |
//! |---|---|
//! | `request` | a call with its options, sent by `.await` |
//! | `kinds` | the type of each call: its row of the table, its options, what it returns |
//! | `outputs` | what calls return |

mod kinds;
mod outputs;
mod request;

use std::rc::Rc;

pub use kinds::{
    ConfirmResetPassword, ConfirmUserAttribute, DeleteUser, DeleteUserAttributes, FetchAuthFactors, FetchMfaPreference,
    ListSessions, MfaSetting, ResetPassword, RevokeSession, SendUserAttributeVerificationCode, SetUpTotp,
    UpdateAuthEventFeedback, UpdateMfaPreference, UpdatePassword, UpdateUserAttributes, VerifyTotpSetup,
};
pub use outputs::{AuthFactors, MfaPreference, TotpSetup, UserSession, UserSessions};
pub use request::{AccountRequest, Kind, Perform, Performing, TakesClientMetadata};

use super::Client;
use crate::json::Value;
use crate::platform::Platform;
use crate::secret::Secret;

/// What users do with their account. [`Client`] and `poolpass_web::Auth` have these methods while this trait is in scope.
///
/// All return a [`AccountRequest`], which takes options and is sent by `.await`. Errors of all: `bad_input` before any request;
/// `signed_out` where a user must be signed in; `service`, such as `CodeMismatchException`; network errors.
///
/// ```no_run
/// use poolpass::client::account::{Account, MfaSetting};
///
/// # async fn example(client: poolpass::Client<poolpass::memory::MemoryPlatform>) -> Result<(), poolpass::Error> {
/// client.update_user_attributes().attribute("nickname", "Ada").await?;
/// let setup = client.set_up_totp().await?;
/// let _for_the_qr_code = setup.uri("Notes", "ada");
/// client.verify_totp_setup("123456").device_name("My phone").await?;
/// client.update_mfa_preference().totp(MfaSetting::Preferred).await?;
/// # Ok(()) }
/// ```
pub trait Account {
    /// What sends the requests.
    fn performer(&self) -> Rc<dyn Perform>;

    /// Sends a code with which the user can choose a new password (`ForgotPassword`). Says where it was sent.
    fn reset_password(&self, username: &str) -> AccountRequest<ResetPassword> {
        AccountRequest::new(self.performer()).with("username", username)
    }

    /// Sets a new password with the code that was sent (`ConfirmForgotPassword`).
    fn confirm_reset_password(
        &self,
        username: &str,
        new_password: impl Into<Secret<String>>,
        code: impl Into<Secret<String>>,
    ) -> AccountRequest<ConfirmResetPassword> {
        let request = AccountRequest::new(self.performer()).with("username", username);
        request.with("newPassword", &new_password.into()).with("confirmationCode", &code.into())
    }

    /// Changes the password (`ChangePassword`).
    fn update_password(
        &self,
        old: impl Into<Secret<String>>,
        new: impl Into<Secret<String>>,
    ) -> AccountRequest<UpdatePassword> {
        self.set_first_password(new).with("oldPassword", &old.into())
    }

    /// Sets the first password of a user who has none (`ChangePassword`).
    fn set_first_password(&self, new: impl Into<Secret<String>>) -> AccountRequest<UpdatePassword> {
        AccountRequest::new(self.performer()).with("newPassword", &new.into())
    }

    /// Changes attributes (`UpdateUserAttributes`): see [`AccountRequest::attribute`]. Says where codes were sent, for attributes that
    /// have to be [confirmed](Account::confirm_user_attribute).
    fn update_user_attributes(&self) -> AccountRequest<UpdateUserAttributes> {
        AccountRequest::new(self.performer())
    }

    /// Removes attributes (`DeleteUserAttributes`).
    fn delete_user_attributes(&self, names: &[&str]) -> AccountRequest<DeleteUserAttributes> {
        let names = Value::Array(names.iter().map(|name| Value::from(*name)).collect());
        AccountRequest::new(self.performer()).with("userAttributeKeys", names)
    }

    /// Sends a code that verifies `email` or `phone_number` (`GetUserAttributeVerificationCode`). Says where it was sent.
    fn send_user_attribute_verification_code(
        &self,
        attribute: &str,
    ) -> AccountRequest<SendUserAttributeVerificationCode> {
        AccountRequest::new(self.performer()).with("userAttributeKey", attribute)
    }

    /// Verifies an attribute with the code that was sent (`VerifyUserAttribute`).
    fn confirm_user_attribute(
        &self,
        attribute: &str,
        code: impl Into<Secret<String>>,
    ) -> AccountRequest<ConfirmUserAttribute> {
        AccountRequest::new(self.performer()).with("userAttributeKey", attribute).with("confirmationCode", &code.into())
    }

    /// Deletes the user, and ends the session (`DeleteUser`).
    fn delete_user(&self) -> AccountRequest<DeleteUser> {
        AccountRequest::new(self.performer())
    }

    /// Gives the user a new secret for an authenticator app (`AssociateSoftwareToken`).
    fn set_up_totp(&self) -> AccountRequest<SetUpTotp> {
        AccountRequest::new(self.performer())
    }

    /// Proves with a code that the authenticator app has the secret (`VerifySoftwareToken`).
    fn verify_totp_setup(&self, code: impl Into<Secret<String>>) -> AccountRequest<VerifyTotpSetup> {
        AccountRequest::new(self.performer()).with("code", &code.into())
    }

    /// The user's second factors (`GetUser`).
    fn fetch_mfa_preference(&self) -> AccountRequest<FetchMfaPreference> {
        AccountRequest::new(self.performer())
    }

    /// Turns second factors on and off, and says which one the user prefers (`SetUserMFAPreference`).
    fn update_mfa_preference(&self) -> AccountRequest<UpdateMfaPreference> {
        AccountRequest::new(self.performer())
    }

    /// What the user can sign in with (`GetUserAuthFactors`).
    fn fetch_auth_factors(&self) -> AccountRequest<FetchAuthFactors> {
        AccountRequest::new(self.performer())
    }

    /// The user's sessions on all devices (`ListUserSessions`).
    fn list_sessions(&self) -> AccountRequest<ListSessions> {
        AccountRequest::new(self.performer())
    }

    /// Ends a session of the user (`RevokeUserSession`).
    fn revoke_session(&self, session_id: &str) -> AccountRequest<RevokeSession> {
        AccountRequest::new(self.performer()).with("sessionId", session_id)
    }

    /// Says whether a sign-in was the user's own, by the token of the mail about it (`UpdateAuthEventFeedback`).
    fn update_auth_event_feedback(
        &self,
        username: &str,
        event_id: &str,
        token: impl Into<Secret<String>>,
        was_mine: bool,
    ) -> AccountRequest<UpdateAuthEventFeedback> {
        let request = AccountRequest::new(self.performer()).with("username", username).with("eventId", event_id);
        request.with("feedbackToken", &token.into()).with("feedbackValue", if was_mine { "Valid" } else { "Invalid" })
    }
}

impl<P: Platform> Account for Client<P> {
    fn performer(&self) -> Rc<dyn Perform> {
        Rc::new(self.clone())
    }
}
