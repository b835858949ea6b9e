//! The steps of a sign-in, typed: a challenge is a value that its answer consumes, so a wrong answer to a step does not compile.
//!
//! | module | |
//! |---|---|
//! | `steps` | a type for each kind of step: what the user is asked for, and how it is answered |
//! | `answer` | an answer, and what becomes of it |
//!
//! ```no_run
//! use poolpass::client::challenge::{Challenge, SignIn};
//!
//! # async fn example(client: poolpass::Client<poolpass::memory::MemoryPlatform>) -> Result<(), poolpass::Error> {
//! let Some(Challenge::SmsMfa(sms)) = client.pending_challenge().await? else { return Ok(()) };
//! match sms.respond("000000").await {
//!     Ok(SignIn::Done { user, .. }) => drop(user.username),
//!     Ok(_) => {} // another step
//!     Err(refused) => {
//!         // A wrong code. The step is given back while another answer may be tried.
//!         if let Some(sms) = refused.again {
//!             sms.respond("123456").await?;
//!         }
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! A step takes no answer of another one:
//!
//! ```compile_fail,E0599
//! use poolpass::client::challenge::Challenge;
//!
//! async fn answer(challenge: Challenge) {
//!     if let Challenge::ChooseSecondFactor(choice) = challenge {
//!         let _ = choice.respond("123456").await; // it has `choose`
//!     }
//! }
//! ```
//!
//! And no step is answered twice:
//!
//! ```compile_fail,E0382
//! use poolpass::client::challenge::Challenge;
//!
//! async fn answer(challenge: Challenge) {
//!     if let Challenge::SmsMfa(sms) = challenge {
//!         let _ = sms.respond("000000").await;
//!         let _ = sms.respond("123456").await;
//!     }
//! }
//! ```

mod answer;
mod steps;

use std::rc::Rc;

pub use answer::{Answer, Answering, Confirm, Refused, Step, Unanswered};
pub use steps::{
    Asked, ChooseFirstFactor, ChooseSecondFactor, ChooseSetUp, CustomChallenge, NewPassword, Password, SentCode,
    SetUpEmail, SetUpTotp, TotpCode, UnknownChallenge, UsePasskey,
};

use super::Client;
use crate::error::Error;
use crate::event::User;
use crate::flow::sign_in::{PendingSignIn, SignInStep};
use crate::idp::challenge as names;
use crate::platform::Platform;

/// What a sign-in has come to.
#[derive(Debug)]
pub enum SignIn {
    /// The user is signed in.
    Done {
        /// Who it is.
        user: User,
        /// The pool leaves it to the user whether this device is remembered.
        can_remember_device: bool,
    },
    /// The user must confirm the sign-up first.
    ConfirmSignUp,
    /// The user must reset the password first.
    ResetPassword,
    /// The user is asked for something.
    Challenge(Challenge),
}

/// What the user is asked for.
#[derive(Debug)]
pub enum Challenge {
    /// The code of a text message, as second factor.
    SmsMfa(SentCode),
    /// The code of a text message, as first factor.
    SmsOtp(SentCode),
    /// The code of an e-mail, as first or second factor.
    EmailOtp(SentCode),
    /// The code of an authenticator app.
    TotpMfa(TotpCode),
    /// Which second factor to set up.
    ChooseSetUp(ChooseSetUp),
    /// To set an authenticator app up.
    SetUpTotp(SetUpTotp),
    /// The e-mail address for codes.
    SetUpEmail(SetUpEmail),
    /// A password in place of a temporary one.
    NewPassword(NewPassword),
    /// Which first factor to use.
    ChooseFirstFactor(ChooseFirstFactor),
    /// Which second factor to use.
    ChooseSecondFactor(ChooseSecondFactor),
    /// The password.
    Password(Password),
    /// A passkey. [`Client::answer_with_passkey`] has the browser ask for it.
    Passkey(UsePasskey),
    /// What the pool's triggers ask.
    Custom(CustomChallenge),
    /// A challenge that Poolpass does not know.
    Unknown(UnknownChallenge),
}

impl Challenge {
    /// A step as a value that its answer consumes. `by` takes the answer.
    pub fn new(step: Rc<PendingSignIn>, by: Rc<dyn Confirm>) -> Self {
        let asked = Asked::new(step, by);
        match (asked.step().challenge().name(), asked.step().choice()) {
            (names::SMS_MFA, _) => Self::SmsMfa(Step::of(asked)),
            (names::SMS_OTP, _) => Self::SmsOtp(Step::of(asked)),
            (names::EMAIL_OTP, _) => Self::EmailOtp(Step::of(asked)),
            (names::SOFTWARE_TOKEN_MFA, _) => Self::TotpMfa(Step::of(asked)),
            (names::MFA_SETUP, None) => Self::ChooseSetUp(Step::of(asked)),
            (names::MFA_SETUP, Some(names::SOFTWARE_TOKEN_MFA)) => Self::SetUpTotp(Step::of(asked)),
            (names::MFA_SETUP, Some(_)) => Self::SetUpEmail(Step::of(asked)),
            (names::NEW_PASSWORD_REQUIRED, _) => Self::NewPassword(Step::of(asked)),
            (names::SELECT_CHALLENGE, None) => Self::ChooseFirstFactor(Step::of(asked)),
            (names::SELECT_MFA_TYPE, _) => Self::ChooseSecondFactor(Step::of(asked)),
            (names::SELECT_CHALLENGE | names::PASSWORD | names::PASSWORD_SRP, _) => Self::Password(Step::of(asked)),
            (names::WEB_AUTHN, _) => Self::Passkey(Step::of(asked)),
            (names::CUSTOM_CHALLENGE, _) => Self::Custom(Step::of(asked)),
            _ => Self::Unknown(Step::of(asked)),
        }
    }

    /// The step as it is kept.
    pub fn step(&self) -> &PendingSignIn {
        let asked = match self {
            Self::SmsMfa(step) | Self::SmsOtp(step) | Self::EmailOtp(step) => step.asked(),
            Self::TotpMfa(step) => step.asked(),
            Self::ChooseSetUp(step) => step.asked(),
            Self::SetUpTotp(step) => step.asked(),
            Self::SetUpEmail(step) => step.asked(),
            Self::NewPassword(step) => step.asked(),
            Self::ChooseFirstFactor(step) => step.asked(),
            Self::ChooseSecondFactor(step) => step.asked(),
            Self::Password(step) => step.asked(),
            Self::Passkey(step) => step.asked(),
            Self::Custom(step) => step.asked(),
            Self::Unknown(step) => step.asked(),
        };
        asked.step()
    }
}

impl<P: Platform> Client<P> {
    /// What [`Client::sign_in`] has come to, typed: a challenge is a value that its answer consumes.
    ///
    /// # Errors
    /// `signed_out` if the user has signed out meanwhile; `storage_read`.
    pub async fn typed(&self, step: SignInStep) -> Result<SignIn, Error> {
        self.typed_by(step, Rc::new(self.clone())).await
    }

    /// As [`Client::typed`], where something around the client takes the answers.
    ///
    /// # Errors
    /// As [`Client::typed`].
    pub async fn typed_by(&self, step: SignInStep, by: Rc<dyn Confirm>) -> Result<SignIn, Error> {
        Ok(match step {
            SignInStep::Done { can_remember_device } => {
                SignIn::Done { user: self.current_session().await?.user(), can_remember_device }
            }
            SignInStep::ConfirmSignUp => SignIn::ConfirmSignUp,
            SignInStep::ResetPassword => SignIn::ResetPassword,
            SignInStep::Challenge(step) => SignIn::Challenge(Challenge::new(step, by)),
        })
    }

    /// The step that this tab's user is asked for, typed: see [`Client::pending_sign_in`].
    ///
    /// # Errors
    /// `storage_read`
    pub async fn pending_challenge(&self) -> Result<Option<Challenge>, Error> {
        Ok(self.pending_sign_in().await?.map(|step| Challenge::new(step, Rc::new(self.clone()))))
    }
}
