//! Signing in.

use std::rc::Rc;

use poolpass::client::challenge::{Answering, Challenge, Confirm, SignIn, Unanswered};
use poolpass::error::Error;
use poolpass::flow::sign_in::{self, AuthFlow, ConfirmSignIn, FirstFactor, PendingSignIn, RequireAuth};
use poolpass::secret::Secret;

use crate::{Auth, Operation};

/// A sign-in: see [`Auth::sign_in`].
#[must_use = "a request is sent by .await"]
pub struct SignInRequest {
    auth: Auth,
    input: sign_in::SignIn,
}

impl Auth {
    /// Signs in with a password. It is proven by SRP and not sent. A session that was there is replaced.
    ///
    /// If the user is asked for something, the result is a [`Challenge`]: a value that its answer consumes. It is kept for this
    /// tab until it expires: see [`Auth::pending_sign_in`]. Like every operation of this `Auth`, its answer ends when the signal
    /// of [`Auth::with_signal`] fires.
    ///
    /// # Errors
    /// `bad_input` before any request; `service`, such as `NotAuthorizedException`; `sign_in` if another sign-in has begun
    /// meanwhile; network errors.
    pub fn sign_in(&self, username: impl Into<String>, password: impl Into<Secret<String>>) -> SignInRequest {
        let input =
            sign_in::SignIn { username: username.into(), password: password.into(), ..sign_in::SignIn::default() };
        SignInRequest { auth: self.clone(), input }
    }

    /// Signs in without a password (`USER_AUTH`): with the [preferred](SignInRequest::preferred) factor, or the user chooses
    /// one. [`AuthFlow::CustomWithoutSrp`] has the pool's triggers ask.
    ///
    /// # Errors
    /// As [`Auth::sign_in`].
    pub fn sign_in_without_password(&self, username: impl Into<String>) -> SignInRequest {
        self.sign_in(username, "").flow(AuthFlow::UserAuth)
    }

    /// Checks that the signed-in user has proven enough, recently enough, by the session's claims. If so, nothing is sent. Otherwise
    /// the user is asked for what is missing (step-up), as in a sign-in. The session changes when that is done.
    ///
    /// Your server must check `acr` and `auth_time` of the access token itself.
    ///
    /// # Errors
    /// `signed_out`; those of [`Auth::sign_in`].
    pub fn require_auth(&self, required: RequireAuth) -> Operation<SignIn> {
        let auth = self.clone();
        self.run(async move {
            let step = auth.client.require_auth(&required).await?;
            auth.client.typed_by(step, Rc::new(auth.clone())).await
        })
    }

    /// The step of the sign-in that this tab's user is asked for, also after a reload. `None` if there is none, or it has
    /// expired.
    ///
    /// # Errors
    /// `storage_read`
    pub fn pending_sign_in(&self) -> Operation<Option<Challenge>> {
        let auth = self.clone();
        self.run(async move {
            let step = auth.client.pending_sign_in().await?;
            Ok(step.map(|step| Challenge::new(step, Rc::new(auth))))
        })
    }

    /// A step as a text for another page or tab. Whoever has it can continue the sign-in, so treat it as a password.
    pub fn serialize_sign_in(&self, challenge: &Challenge) -> Secret<String> {
        challenge.step().serialize()
    }

    /// Takes a step that [`Auth::serialize_sign_in`] has made as this tab's. `None` if it is not of this app client, or has
    /// expired.
    ///
    /// # Errors
    /// `aborted`
    pub fn resume_sign_in(&self, text: impl Into<Secret<String>>) -> Operation<Option<Challenge>> {
        let (auth, text) = (self.clone(), text.into());
        self.run(async move {
            let step = auth.client.resume_sign_in(&text).await?;
            Ok(step.map(|step| Challenge::new(step, Rc::new(auth))))
        })
    }
}

impl SignInRequest {
    /// Another authentication flow.
    pub fn flow(mut self, flow: AuthFlow) -> Self {
        self.input.flow = flow;
        self
    }

    /// The first factor to begin with, in the flow [`AuthFlow::UserAuth`]. For a passkey: [`Auth::sign_in_with_passkey`].
    pub fn preferred(mut self, factor: FirstFactor) -> Self {
        self.input.flow = AuthFlow::UserAuth;
        self.input.preferred = Some(factor);
        self
    }

    /// The session that [`Auth::confirm_sign_up`] has returned: the new user need not prove anything again.
    pub fn session(mut self, session: Secret<String>) -> Self {
        self.input.flow = AuthFlow::UserAuth;
        self.input.session = Some(session);
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
        auth.clone().run(async move {
            let step = client.sign_in(&input).await?;
            client.typed_by(step, Rc::new(auth)).await
        })
    }
}

impl Confirm for Auth {
    fn confirm(self: Rc<Self>, step: Rc<PendingSignIn>, input: ConfirmSignIn) -> Answering {
        let auth = Rc::clone(&self);
        Box::pin(
            self.run::<_, Unanswered>(async move { auth.client.answer(step, &input, Rc::<Self>::clone(&auth)).await }),
        )
    }
}
