//! A type for each kind of step.

use std::fmt;
use std::rc::Rc;

use super::{Answer, Answering, Confirm, Step};
use crate::flow::sign_in::{ConfirmSignIn, FirstFactor, PendingSignIn, SecondFactor, SetUpFactor};
use crate::flow::sign_up::CodeDelivery;
use crate::idp::auth;
use crate::idp::software_token::setup_uri;
use crate::secret::Secret;

/// What the user is asked for, and what takes the answer.
pub struct Asked {
    step: Rc<PendingSignIn>,
    by: Rc<dyn Confirm>,
}

impl Asked {
    pub(super) const fn new(step: Rc<PendingSignIn>, by: Rc<dyn Confirm>) -> Self {
        Self { step, by }
    }

    /// The step as it is kept.
    pub fn step(&self) -> &PendingSignIn {
        &self.step
    }

    /// The step, shared.
    pub fn shared(&self) -> Rc<PendingSignIn> {
        Rc::clone(&self.step)
    }

    pub(super) fn confirm(&self, input: ConfirmSignIn) -> Answering {
        Rc::clone(&self.by).confirm(self.shared(), input)
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.step.challenge().name())
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(Asked);

        impl Step for $name {
            fn asked(&self) -> &Asked {
                &self.0
            }

            fn of(asked: Asked) -> Self {
                Self(asked)
            }
        }

        impl $name {
            /// What the user typed as the user name.
            pub fn login_id(&self) -> &str {
                self.0.step.login_id()
            }
        }
    )* };
}

fn answer<T>(step: T, response: impl Into<Secret<String>>) -> Answer<T> {
    Answer { step, input: ConfirmSignIn { response: response.into(), ..ConfirmSignIn::default() } }
}

steps! {
    /// The code of a message.
    SentCode;
    /// The code of an authenticator app.
    TotpCode;
    /// Which second factor to set up.
    ChooseSetUp;
    /// To set an authenticator app up: it takes the secret, and its first code proves that.
    SetUpTotp;
    /// The e-mail address that codes are sent to.
    SetUpEmail;
    /// A password in place of a temporary one, and the attributes that the pool requires.
    NewPassword;
    /// Which first factor to use.
    ChooseFirstFactor;
    /// Which second factor to use.
    ChooseSecondFactor;
    /// The password.
    Password;
    /// A passkey: see [`Client::answer_with_passkey`](crate::Client::answer_with_passkey).
    UsePasskey;
    /// What the pool's triggers ask.
    CustomChallenge;
    /// A challenge that Poolpass does not know, of a later Cognito.
    UnknownChallenge;
}

impl SentCode {
    /// Where the code was sent.
    pub fn delivery(&self) -> CodeDelivery {
        let find = |name| self.0.step.challenge().find(name).map(str::to_owned);
        CodeDelivery {
            destination: find("CODE_DELIVERY_DESTINATION"),
            medium: find("CODE_DELIVERY_DELIVERY_MEDIUM"),
            attribute: None,
        }
    }

    /// Answers with the code.
    pub fn respond(self, code: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, code)
    }
}

impl TotpCode {
    /// Answers with the code that the app shows.
    pub fn respond(self, code: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, code)
    }
}

impl ChooseSetUp {
    /// What can be set up.
    pub fn factors(&self) -> Vec<SetUpFactor> {
        let names = self.0.step.challenge().list("MFAS_CAN_SETUP");
        names.iter().filter_map(|name| SetUpFactor::from_name(name)).collect()
    }

    /// Answers with the user's choice.
    pub fn choose(self, factor: SetUpFactor) -> Answer<Self> {
        answer(self, factor.as_str())
    }
}

impl SetUpTotp {
    /// The secret for the app, in base32, to be typed.
    pub fn secret(&self) -> &Secret<String> {
        static NONE: Secret<String> = Secret::new(String::new());
        self.0.step.totp_secret().unwrap_or(&NONE)
    }

    /// The address that authenticator apps take, from a QR code or a link. They show `app` beside the user name.
    pub fn uri(&self, app: &str) -> Secret<String> {
        setup_uri(self.secret(), app, self.login_id())
    }

    /// Answers with the first code that the app shows.
    pub fn respond(self, code: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, code)
    }
}

impl Answer<SetUpTotp> {
    /// The name of the authenticator app.
    pub fn device_name(mut self, name: &str) -> Self {
        self.input.friendly_device_name = Some(name.to_owned());
        self
    }
}

impl SetUpEmail {
    /// Answers with the address.
    pub fn respond(self, address: &str) -> Answer<Self> {
        answer(self, address)
    }
}

impl NewPassword {
    /// The attributes that the answer must have, such as `given_name`.
    pub fn missing_attributes(&self) -> Vec<String> {
        let names = self.0.step.challenge().list("requiredAttributes");
        names.iter().map(|name| name.strip_prefix("userAttributes.").unwrap_or(name).to_owned()).collect()
    }

    /// Answers with the new password.
    pub fn respond(self, password: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, password)
    }
}

impl Answer<NewPassword> {
    /// An attribute of the user.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.input.attributes.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl ChooseFirstFactor {
    /// What the user can sign in with here.
    pub fn factors(&self) -> Vec<FirstFactor> {
        self.0.step.challenge().available().iter().filter_map(|name| FirstFactor::from_name(name)).collect()
    }

    /// Answers with the user's choice. The password is asked for next.
    pub fn choose(self, factor: FirstFactor) -> Answer<Self> {
        answer(self, factor.as_str())
    }
}

impl ChooseSecondFactor {
    /// The second factors that the user has.
    pub fn factors(&self) -> Vec<SecondFactor> {
        let names = self.0.step.challenge().list("MFAS_CAN_CHOOSE");
        names.iter().filter_map(|name| SecondFactor::from_name(name)).collect()
    }

    /// Answers with the user's choice.
    pub fn choose(self, factor: SecondFactor) -> Answer<Self> {
        answer(self, factor.as_str())
    }
}

impl Password {
    /// Answers with the password.
    pub fn respond(self, password: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, password)
    }
}

impl CustomChallenge {
    /// The public parameters, as the trigger wrote them.
    pub fn parameters(&self) -> Vec<(&str, &str)> {
        texts(self.0.step.challenge())
    }

    /// A public parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.0.step.challenge().find(name)
    }

    /// Answers what the trigger asks.
    pub fn respond(self, text: impl Into<Secret<String>>) -> Answer<Self> {
        answer(self, text)
    }
}

impl UnknownChallenge {
    /// Cognito's name.
    pub fn name(&self) -> &str {
        self.0.step.challenge().name()
    }

    /// The parameters, as Cognito sent them.
    pub fn parameters(&self) -> Vec<(&str, &str)> {
        texts(self.0.step.challenge())
    }

    /// A parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.0.step.challenge().find(name)
    }

    /// Answers. Add what Cognito's documentation says by [`Answer::response`].
    pub fn respond(self) -> Answer<Self> {
        answer(self, "")
    }
}

impl Answer<UnknownChallenge> {
    /// A member of `ChallengeResponses`.
    pub fn response(mut self, name: &str, value: impl Into<Secret<String>>) -> Self {
        self.input.responses.push((name.to_owned(), value.into()));
        self
    }
}

/// The parameters of a challenge that are texts, as all of Cognito's are.
fn texts(challenge: &auth::Challenge) -> Vec<(&str, &str)> {
    let parameters = challenge.parameters().iter();
    parameters.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect()
}
