//! An answer to a step, and what becomes of it.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;

use super::{Asked, SignIn, UsePasskey};
use crate::client::Client;
use crate::error::Error;
use crate::flow::sign_in::{ConfirmSignIn, PendingSignIn, SignInStep, confirm_sign_in};
use crate::platform::{Passkeys, Platform};

/// A kind of step.
pub trait Step: Sized {
    /// What the user is asked for.
    fn asked(&self) -> &Asked;

    /// The step as this type. The steps of [`super::Challenge`] have the right one.
    fn of(asked: Asked) -> Self;
}

/// An answer to a step, which is sent by `.await`.
#[must_use = "an answer is sent by .await"]
pub struct Answer<T> {
    pub(super) step: T,
    pub(super) input: ConfirmSignIn,
}

/// A refused answer, or one whose fate is unknown.
#[derive(Debug)]
pub struct Refused<T> {
    /// Why.
    pub error: Error,
    /// The step, if the user can try it again. If the sign-in has gone on to another step, that one is the tab's pending one. Else
    /// it has to start anew.
    pub again: Option<T>,
}

impl<T> Refused<T> {
    /// The same with another form of the step, such as [`super::Challenge::SmsMfa`].
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Refused<U> {
        Refused { error: self.error, again: self.again.map(f) }
    }
}

/// An answer under way.
pub type Answering = Pin<Box<dyn Future<Output = Result<SignIn, Unanswered>>>>;

/// Why a step has not been answered.
#[derive(Debug)]
pub struct Unanswered {
    error: Error,
    is_over: bool,
}

impl Unanswered {
    /// With the step, if the user can try it again.
    pub fn refused<T>(self, step: T) -> Refused<T> {
        Refused { error: self.error, again: if self.is_over { None } else { Some(step) } }
    }
}

/// What takes the answers to steps: a client, or an app's view of one.
pub trait Confirm {
    /// Answers a step.
    fn confirm(self: Rc<Self>, step: Rc<PendingSignIn>, input: ConfirmSignIn) -> Answering;
}

impl<T> Answer<T> {
    /// Data for the pool's triggers.
    pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
        self.input.client_metadata.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl<T: Step + 'static> IntoFuture for Answer<T> {
    type Output = Result<SignIn, Refused<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output>>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { step, input } = self;
        let answering = step.asked().confirm(input);
        Box::pin(async move { answering.await.map_err(|unanswered| unanswered.refused(step)) })
    }
}

impl<P: Platform> Client<P> {
    /// Answers a step, if it is still the one that this tab's user is asked for. `by` takes the answer to the next one.
    ///
    /// # Errors
    /// As [`Client::confirm_sign_in`]; `sign_in` with the reason `superseded` if the user is asked for another step.
    pub async fn answer(
        &self,
        step: Rc<PendingSignIn>,
        input: &ConfirmSignIn,
        by: Rc<dyn Confirm>,
    ) -> Result<SignIn, Unanswered> {
        let result = confirm_sign_in(&self.sign_ins, &self.core, &self.platform, Some(&step), input).await;
        self.after_answer(&step, result, by).await
    }

    async fn after_answer(
        &self,
        step: &PendingSignIn,
        result: Result<SignInStep, Error>,
        by: Rc<dyn Confirm>,
    ) -> Result<SignIn, Unanswered> {
        match result {
            Ok(next) => Ok(self.typed_by(next, by).await?),
            Err(error) => {
                // A step that can't be read may still be there.
                let now = self.pending_sign_in().await;
                let is_over = now.is_ok_and(|now| !now.is_some_and(|now| now.is(step)));
                Err(Unanswered { error, is_over })
            }
        }
    }
}

impl<P: Platform + Passkeys> Client<P> {
    /// Has the browser ask the user for the passkey, by a dialog, and answers the step with it.
    ///
    /// It is a method of the client, so that apps without passkeys don't link what belongs to them.
    ///
    /// # Errors
    /// `passkey`, such as `passkey_cancelled`; those of [`Client::answer`].
    pub async fn answer_with_passkey(&self, step: UsePasskey) -> Result<SignIn, Refused<UsePasskey>> {
        let by = Rc::new(self.clone());
        self.passkey_answer(step.asked().shared(), by).await.map_err(|unanswered| unanswered.refused(step))
    }

    /// As [`Client::answer_with_passkey`], where something around the client takes the answer to the next step.
    ///
    /// # Errors
    /// As [`Client::answer_with_passkey`].
    pub async fn passkey_answer(&self, step: Rc<PendingSignIn>, by: Rc<dyn Confirm>) -> Result<SignIn, Unanswered> {
        let result = self.use_passkey(&step).await;
        self.after_answer(&step, result, by).await
    }
}

impl<P: Platform> Confirm for Client<P> {
    fn confirm(self: Rc<Self>, step: Rc<PendingSignIn>, input: ConfirmSignIn) -> Answering {
        Box::pin(async move { self.answer(step, &input, Rc::<Self>::clone(&self)).await })
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self { error, is_over: false }
    }
}

impl<T> From<Refused<T>> for Error {
    fn from(refused: Refused<T>) -> Self {
        refused.error
    }
}

impl<T> fmt::Display for Refused<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T: fmt::Debug> std::error::Error for Refused<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("step", &self.step).finish_non_exhaustive()
    }
}
