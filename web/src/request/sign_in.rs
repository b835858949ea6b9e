//! Signing in with a password.

use std::rc::Rc;

use poolpass::error::Error;
use poolpass::event::User;
use poolpass::flow::sign_in::{self, AuthFlow, PendingSignIn, SignInStep};
use poolpass::secret::Secret;

use crate::{Auth, Operation};

/// What a sign-in has come to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignIn {
    /// The user is signed in.
    Done(User),
    /// The user must confirm the sign-up first: see [`Auth::confirm_sign_up`].
    ConfirmSignUp,
    /// The user must reset the password first.
    ResetPassword,
    /// The user is asked for something.
    Challenge(Rc<PendingSignIn>),
}

/// A sign-in with a password: see [`Auth::sign_in`].
#[must_use = "a request is sent by .await"]
pub struct SignInRequest {
    auth: Auth,
    input: sign_in::SignIn,
}

impl Auth {
    /// Signs in with a password. It is proven by SRP and not sent. A session that was there is replaced.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `NotAuthorizedException`; network errors.
    pub fn sign_in(&self, username: impl Into<String>, password: impl Into<Secret<String>>) -> SignInRequest {
        let input =
            sign_in::SignIn { username: username.into(), password: password.into(), ..sign_in::SignIn::default() };
        SignInRequest { auth: self.clone(), input }
    }
}

impl SignInRequest {
    /// Another authentication flow.
    pub fn flow(mut self, flow: AuthFlow) -> Self {
        self.input.flow = flow;
        self
    }

    /// Data for the pool's triggers.
    pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
        self.input.client_metadata.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl IntoFuture for SignInRequest {
    type Output = Result<SignIn, Error>;
    type IntoFuture = Operation<SignIn>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { auth, input } = self;
        let client = auth.client.clone();
        auth.run(async move {
            Ok(match client.sign_in(&input).await? {
                SignInStep::Done { .. } => SignIn::Done(client.current_session().await?.user()),
                SignInStep::ConfirmSignUp => SignIn::ConfirmSignUp,
                SignInStep::ResetPassword => SignIn::ResetPassword,
                SignInStep::Challenge(step) => SignIn::Challenge(step),
            })
        })
    }
}
