//! Signing in: one request or several, until there are tokens or the user is asked for something.
//!
//! | module | |
//! |---|---|
//! | `start` | `InitiateAuth` of each flow |
//! | `advance` | takes each reply, and answers the challenges that the kit answers itself |
//! | `challenged` | the challenges that the kit meets, and what the user is asked for |
//! | `device` | the device that the user is remembered on |
//! | `pending` | the step that the user is asked for, kept for the tab |
//! | `answer` | the user's answer to it |
//! | `factor` | first and second factors |
//! | `step_up` | more than the session has proven |
//! | `warm_up` | what can be done before the user has finished typing |

mod advance;
mod answer;
mod challenged;
mod device;
mod factor;
pub mod pending;
mod start;
mod step_up;
mod warm_up;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::error::Error;
use crate::secret::Secret;
use crate::session::Flights;
use crate::srp::EphemeralKey;

pub use answer::ConfirmSignIn;
pub(crate) use answer::confirm_sign_in;
pub use factor::{FirstFactor, SecondFactor, SetUpFactor};
pub use pending::PendingSignIn;
pub(crate) use start::sign_in;
pub use step_up::RequireAuth;
pub(crate) use step_up::require_auth;
pub(crate) use warm_up::warm_up;

/// What a client knows of its sign-ins, in memory.
#[derive(Default)]
pub(crate) struct SignIns {
    /// The key that `warm_up` has made for the next one.
    prepared_key: RefCell<Option<EphemeralKey>>,
    /// How many have begun. Only the latest one's step is kept.
    begun: Cell<u32>,
    /// The step that could not be stored.
    unsaved: RefCell<Option<Rc<PendingSignIn>>>,
    /// The answer to a step that is under way.
    answering: Cell<Option<answer::Answering>>,
    answers: Flights<Result<SignInStep, Error>>,
}

impl SignIns {
    /// The number of a sign-in that begins.
    fn begin(&self) -> u32 {
        self.begun.set(self.begun.get().wrapping_add(1));
        self.begun.get()
    }
}

/// The input of a sign-in.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// User name, or an alias such as the e-mail address.
    pub username: String,
    /// The password. Empty in a flow that needs none.
    pub password: Secret<String>,
    /// The authentication flow.
    pub flow: AuthFlow,
    /// The first factor to begin with, in [`AuthFlow::UserAuth`]. Without one and without a password the user chooses.
    pub preferred: Option<FirstFactor>,
    /// Whether the passkey will be awaited by autofill, beside what else the user does: the step is handed out but not kept. Only
    /// with [`FirstFactor::WebAuthn`] preferred. [`crate::Client::sign_in_with_passkey`] sets it.
    pub autofill: bool,
    /// The session that confirming a sign-up has returned, for [`AuthFlow::UserAuth`]: the user need not prove anything again.
    pub session: Option<Secret<String>>,
    /// Further `AuthParameters` of [`AuthFlow::StepUp`].
    pub parameters: Vec<(&'static str, Secret<String>)>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// The authentication flow: Cognito's `AuthFlow`, with Amplify's names for the two forms of `CUSTOM_AUTH`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthFlow {
    /// `USER_SRP_AUTH`: the password is proven and never sent.
    #[default]
    UserSrpAuth,
    /// `USER_PASSWORD_AUTH`: the password is sent over TLS, as the user migration trigger needs it.
    UserPasswordAuth,
    /// `CUSTOM_AUTH`: the triggers' challenges only.
    CustomWithoutSrp,
    /// `CUSTOM_AUTH`: the password is proven first, then come the triggers' challenges.
    CustomWithSrp,
    /// `USER_AUTH`: the user chooses the first factor.
    UserAuth,
    /// `USER_AUTH` of the signed-in user, for [`crate::Client::require_auth`]. The tokens must be this user's.
    StepUp,
}

/// The next step after a sign-in, or an answer, that was not refused.
#[derive(Clone, Debug)]
pub enum SignInStep {
    /// The user is signed in.
    Done {
        /// Whether the pool lets the user choose to remember this device: see [`crate::Client::remember_device`].
        can_remember_device: bool,
    },
    /// The user must confirm the sign-up first.
    ConfirmSignUp,
    /// The user must reset the password first.
    ResetPassword,
    /// The user is asked for something. [`crate::Client::confirm_sign_in`] takes the answer.
    Challenge(Rc<PendingSignIn>),
}

impl AuthFlow {
    /// Those that an app names.
    pub const ALL: [Self; 5] =
        [Self::UserSrpAuth, Self::UserPasswordAuth, Self::CustomWithoutSrp, Self::CustomWithSrp, Self::UserAuth];

    /// Amplify's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UserSrpAuth => "USER_SRP_AUTH",
            Self::UserPasswordAuth => "USER_PASSWORD_AUTH",
            Self::CustomWithoutSrp => "CUSTOM_WITHOUT_SRP",
            Self::CustomWithSrp => "CUSTOM_WITH_SRP",
            Self::UserAuth => "USER_AUTH",
            Self::StepUp => STEP_UP,
        }
    }

    /// The flow of Amplify's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flow| flow.as_str() == name)
    }

    /// The flow of a step that was stored.
    fn from_stored(name: &str) -> Option<Self> {
        if name == STEP_UP { Some(Self::StepUp) } else { Self::from_name(name) }
    }

    /// Cognito's `AuthFlow`.
    const fn wire(self) -> &'static str {
        match self {
            Self::CustomWithoutSrp | Self::CustomWithSrp => "CUSTOM_AUTH",
            Self::StepUp => "USER_AUTH",
            flow => flow.as_str(),
        }
    }
}

const STEP_UP: &str = "STEP_UP";
