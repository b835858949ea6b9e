//! Signing up.

use poolpass::error::Error;
use poolpass::flow::sign_up;
pub use poolpass::flow::sign_up::SignUpResult as SignUp;
use poolpass::secret::Secret;

use crate::{Auth, Operation};

/// A new user: see [`Auth::sign_up`].
#[must_use = "a request is sent by .await"]
pub struct SignUpRequest {
    auth: Auth,
    input: sign_up::SignUp,
}

impl Auth {
    /// Signs a new user up (`SignUp`).
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `UsernameExistsException`; network errors.
    pub fn sign_up(&self, username: impl Into<String>, password: impl Into<Secret<String>>) -> SignUpRequest {
        let input =
            sign_up::SignUp { username: username.into(), password: password.into(), ..sign_up::SignUp::default() };
        SignUpRequest { auth: self.clone(), input }
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

    /// Data for the pool's triggers.
    pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
        self.input.client_metadata.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl IntoFuture for SignUpRequest {
    type Output = Result<SignUp, Error>;
    type IntoFuture = Operation<SignUp>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move { client.sign_up(&input).await })
    }
}
