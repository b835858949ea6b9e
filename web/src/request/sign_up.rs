//! Signing up.

use poolpass::error::{EmptyField, Error, ErrorKind, Misuse};
pub use poolpass::flow::sign_up::SignUpResult as SignUp;
use poolpass::flow::sign_up::{self, CodeDelivery, ConfirmSignUp, ResendSignUpCode};
use poolpass::secret::Secret;

use crate::{Auth, Operation};

/// A new user: see [`Auth::sign_up`].
#[must_use = "a request is sent by .await"]
pub struct SignUpRequest {
    auth: Auth,
    input: sign_up::SignUp,
    needs_password: bool,
}

/// The code of a new user: see [`Auth::confirm_sign_up`].
#[must_use = "a request is sent by .await"]
pub struct ConfirmSignUpRequest {
    auth: Auth,
    input: ConfirmSignUp,
}

/// Another code for a new user: see [`Auth::resend_sign_up_code`].
#[must_use = "a request is sent by .await"]
pub struct ResendSignUpCodeRequest {
    auth: Auth,
    input: ResendSignUpCode,
}

impl Auth {
    /// Signs a new user up (`SignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `UsernameExistsException`; network errors.
    pub fn sign_up(&self, username: impl Into<String>, password: impl Into<Secret<String>>) -> SignUpRequest {
        let input =
            sign_up::SignUp { username: username.into(), password: password.into(), ..sign_up::SignUp::default() };
        SignUpRequest { auth: self.clone(), input, needs_password: true }
    }

    /// Signs a new user up who has no password (`SignUp`), where the pool has passwordless sign-in.
    ///
    /// # Errors
    /// As [`Auth::sign_up`].
    pub fn sign_up_without_password(&self, username: impl Into<String>) -> SignUpRequest {
        SignUpRequest { needs_password: false, ..self.sign_up(username, "") }
    }

    /// Confirms a new user with the code that they were sent (`ConfirmSignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `CodeMismatchException`; network errors.
    pub fn confirm_sign_up(&self, username: &str, code: impl Into<Secret<String>>) -> ConfirmSignUpRequest {
        let input = ConfirmSignUp { username: username.to_owned(), code: code.into(), ..ConfirmSignUp::default() };
        ConfirmSignUpRequest { auth: self.clone(), input }
    }

    /// Sends the code for a new user again (`ResendConfirmationCode`). Says where it was sent.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `LimitExceededException`; network errors.
    pub fn resend_sign_up_code(&self, username: &str) -> ResendSignUpCodeRequest {
        let input = ResendSignUpCode { username: username.to_owned(), ..ResendSignUpCode::default() };
        ResendSignUpCodeRequest { auth: self.clone(), input }
    }
}

impl SignUpRequest {
    /// An attribute of the user, such as `email`.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.input.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Data for the pre sign-up trigger alone.
    pub fn validation_data(mut self, name: &str, value: &str) -> Self {
        self.input.validation_data.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl ConfirmSignUpRequest {
    /// The session of the sign-up ([`SignUp::session`]). Then the result is one for
    /// [`SignInRequest::session`](crate::SignInRequest::session), which signs the user in.
    pub fn session(mut self, session: Option<Secret<String>>) -> Self {
        self.input.session = session;
        self
    }

    /// Takes an alias (e-mail address, phone number) over from another user who has it.
    pub const fn force_alias_creation(mut self) -> Self {
        self.input.force_alias_creation = Some(true);
        self
    }
}

impl IntoFuture for SignUpRequest {
    type Output = Result<SignUp, Error>;
    type IntoFuture = Operation<SignUp>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input, needs_password } = self;
        let client = auth.client.clone();
        auth.run(async move {
            if needs_password && input.password.expose_secret().is_empty() {
                return Err(ErrorKind::Input(Misuse::Empty(EmptyField::SignUpPassword)).into());
            }
            client.sign_up(&input).await
        })
    }
}

impl IntoFuture for ConfirmSignUpRequest {
    type Output = Result<Option<Secret<String>>, Error>;
    type IntoFuture = Operation<Option<Secret<String>>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move { client.confirm_sign_up(&input).await })
    }
}

impl IntoFuture for ResendSignUpCodeRequest {
    type Output = Result<CodeDelivery, Error>;
    type IntoFuture = Operation<CodeDelivery>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move { client.resend_sign_up_code(&input).await })
    }
}

macro_rules! take_client_metadata {
    ($($request:ident)*) => { $(
        impl $request {
            /// Data for the pool's triggers.
            pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
                self.input.client_metadata.push((name.to_owned(), value.to_owned()));
                self
            }
        }
    )* };
}

take_client_metadata! { SignUpRequest ConfirmSignUpRequest ResendSignUpCodeRequest }
