//! The facade: one method a user action.

use std::rc::Rc;

use crate::config::Config;
use crate::error::Error;
use crate::flow::profile;
use crate::flow::sign_in::{self, SignIn, SignInStep};
use crate::flow::sign_out::{self, SignedOut};
use crate::flow::sign_up::{self, ConfirmSignUp, ResendSignUpCode, SignUp};
use crate::idp::code_delivery::CodeDelivery;
use crate::idp::sign_up::Output as SignUpOutput;
use crate::platform::Platform;
use crate::session::{Record, Session, over};

/// An app's door to one user pool client.
///
/// Clones and [`Client::on`] share one session. Futures are not `Send`.
///
/// ```no_run
/// use poolpass::{Client, Config, flow::sign_in::SignIn, json::Value, memory::World};
///
/// # async fn example() -> Result<(), poolpass::Error> {
/// let config = Config::read(&Value::parse(
///     r#"{"userPool": {"userPoolId": "eu-west-1_AbCdEf123", "userPoolClientId": "1h57kf5cpq17m0eml12example"}}"#,
/// ).unwrap_or_default())?;
/// let client = Client::new(config, World::new().tab());
/// client.sign_in(&SignIn { username: "ada".into(), password: "Correct-Horse7!".into(), ..SignIn::default() }).await?;
/// let record = client.fetch_auth_session(false).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client<P> {
    session: Rc<Session>,
    platform: P,
}

impl<P: Platform> Client<P> {
    /// A client of a checked configuration. Nothing is sent or read yet.
    pub fn new(config: Config, platform: P) -> Self {
        Self { session: Rc::new(Session::new(config)), platform }
    }

    /// The same client for one operation on another view of the platform, such as one with an
    /// `AbortSignal`.
    #[must_use]
    pub fn on(&self, platform: P) -> Self {
        Self { session: Rc::clone(&self.session), platform }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.session.config
    }

    /// Signs a new user up (`SignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `UsernameExistsException`; network errors.
    pub async fn sign_up(&self, input: &SignUp) -> Result<SignUpOutput, Error> {
        sign_up::sign_up(&self.session.config, &self.platform, input).await
    }

    /// Confirms a new user with the code they were sent (`ConfirmSignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `CodeMismatchException`; network errors.
    pub async fn confirm_sign_up(&self, input: &ConfirmSignUp) -> Result<(), Error> {
        sign_up::confirm_sign_up(&self.session.config, &self.platform, input).await
    }

    /// Sends the code again (`ResendConfirmationCode`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `LimitExceededException`; network errors.
    pub async fn resend_sign_up_code(&self, input: &ResendSignUpCode) -> Result<CodeDelivery, Error> {
        sign_up::resend_sign_up_code(&self.session.config, &self.platform, input).await
    }

    /// Signs in: two requests by SRP, one by password. A session that was there is replaced.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `NotAuthorizedException`;
    /// `unsupported_challenge`; `srp_refused`; network errors.
    pub async fn sign_in(&self, input: &SignIn) -> Result<SignInStep, Error> {
        sign_in::sign_in(&self.session, &self.platform, input).await
    }

    /// The session's record as it is stored, with no request.
    ///
    /// # Errors
    /// `signed_out`; `storage_read`.
    pub async fn current_record(&self) -> Result<Rc<Record>, Error> {
        self.session.stored(&self.platform).await
    }

    /// Tokens that can be used now, refreshed if they are about to expire or if `force`d; `None` if nobody is
    /// signed in, or no longer.
    ///
    /// # Errors
    /// Network errors, `service` errors that do not end the session, `lock_timeout`, `storage_read`.
    pub async fn fetch_auth_session(&self, force: bool) -> Result<Option<Rc<Record>>, Error> {
        match self.session.fresh_record(&self.platform, force).await {
            Ok(record) => Ok(Some(record)),
            Err(error) if over(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The user's attributes (`GetUser`), as names and values.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `NotAuthorizedException`; network errors.
    pub async fn fetch_user_attributes(&self) -> Result<Vec<(String, String)>, Error> {
        profile::fetch_user_attributes(&self.session, &self.platform).await
    }

    /// Signs out here, and at Cognito as far as it can be reached. With `global` every session of the user
    /// ends, on all devices.
    ///
    /// # Errors
    /// `storage_write` if the stored session could not be removed.
    pub async fn sign_out(&self, global: bool) -> Result<SignedOut, Error> {
        sign_out::sign_out(&self.session, &self.platform, global).await
    }
}
