//! Signing up, confirming it, and asking for the code again.

use super::check;
use crate::config::UserPool;
use crate::error::{EmptyField, Error};
use crate::idp::code_delivery::CodeDelivery;
use crate::idp::{confirm_sign_up, resend_confirmation_code, sign_up};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;

/// A new user.
#[derive(Debug, Default)]
pub struct SignUp {
    /// The user name, or the e-mail address or phone number where the pool signs in by that.
    pub username: String,
    /// The password.
    pub password: Secret<String>,
    /// Attributes such as `email`.
    pub attributes: Vec<(String, String)>,
    /// Data for the pre sign-up trigger.
    pub validation_data: Vec<(String, String)>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// The code that confirms a new user.
#[derive(Debug, Default)]
pub struct ConfirmSignUp {
    /// The user name.
    pub username: String,
    /// The code from the mail or the text message.
    pub code: Secret<String>,
    /// Take an alias (e-mail address, phone number) over from another user who has it.
    pub force_alias_creation: Option<bool>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Asks for the code again.
#[derive(Debug, Default)]
pub struct ResendSignUpCode {
    /// The user name.
    pub username: String,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

pub(crate) async fn sign_up<P: Platform>(
    pool: &UserPool,
    platform: &P,
    input: &SignUp,
) -> Result<sign_up::Output, Error> {
    check::username(EmptyField::SignUpUsername, &input.username)?;
    check::password(EmptyField::SignUpPassword, &input.password)?;
    let fields = sign_up::Input {
        client_id: pool.client_id(),
        username: &input.username,
        password: &input.password,
        attributes: &input.attributes,
        validation_data: &input.validation_data,
        client_metadata: &input.client_metadata,
    };
    let request = sign_up::request(pool.idp_url(), &fields);
    sign_up::read(&send_with_retry(platform, &request, Retry::Throttled).await?)
}

pub(crate) async fn confirm_sign_up<P: Platform>(
    pool: &UserPool,
    platform: &P,
    input: &ConfirmSignUp,
) -> Result<(), Error> {
    check::username(EmptyField::ConfirmSignUpUsername, &input.username)?;
    let fields = confirm_sign_up::Input {
        client_id: pool.client_id(),
        username: &input.username,
        code: &check::code(EmptyField::ConfirmSignUpCode, &input.code)?,
        force_alias_creation: input.force_alias_creation,
        client_metadata: &input.client_metadata,
    };
    let request = confirm_sign_up::request(pool.idp_url(), &fields);
    send_with_retry(platform, &request, Retry::Never).await.map(drop)
}

pub(crate) async fn resend_sign_up_code<P: Platform>(
    pool: &UserPool,
    platform: &P,
    input: &ResendSignUpCode,
) -> Result<CodeDelivery, Error> {
    check::username(EmptyField::ResendSignUpCodeUsername, &input.username)?;
    let request =
        resend_confirmation_code::request(pool.idp_url(), pool.client_id(), &input.username, &input.client_metadata);
    resend_confirmation_code::read(&send_with_retry(platform, &request, Retry::Throttled).await?)
}
