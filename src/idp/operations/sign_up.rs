//! Signing up.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use super::{CLIENT_METADATA, CODE_DELIVERY};
use crate::error::{EmptyField, ResponseProblem};
use crate::platform::Retry;

/// Signs a new user up.
pub const SIGN_UP: Operation = Operation {
    name: "SignUp",
    method: "signUp",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::SignUpUsername),
        Field::new("password", "Password", Kind::Password).filled(EmptyField::SignUpPassword),
        Field::new("options.userAttributes", "UserAttributes", Kind::Attributes),
        Field::new("options.validationData", "ValidationData", Kind::Attributes),
        CLIENT_METADATA,
    ],
    output: &[
        Output::bool("UserConfirmed", "isSignUpComplete"),
        Output::text("UserSub", "userId").required(ResponseProblem::UserSub),
        SESSION,
        Output::object("nextStep", SIGN_UP_STEP),
    ],
};

/// Confirms a new user by the code that was sent.
pub const CONFIRM_SIGN_UP: Operation = Operation {
    name: "ConfirmSignUp",
    method: "confirmSignUp",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Never,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ConfirmSignUpUsername),
        Field::new("confirmationCode", "ConfirmationCode", Kind::Code).required(EmptyField::ConfirmSignUpCode),
        Field::new("options.forceAliasCreation", "ForceAliasCreation", Kind::Bool),
        Field::new("options.session", "Session", Kind::Text),
        CLIENT_METADATA,
    ],
    output: &[Output::is("isSignUpComplete", true), SESSION, Output::object("nextStep", SIGN_UP_DONE)],
};

/// Sends the code of a sign-up again.
pub const RESEND_SIGN_UP_CODE: Operation = Operation {
    name: "ResendConfirmationCode",
    method: "resendSignUpCode",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ResendSignUpCodeUsername),
        CLIENT_METADATA,
    ],
    output: &[Output::members_of("CodeDeliveryDetails", CODE_DELIVERY).required(ResponseProblem::CodeDeliveryDetails)],
};

const SIGN_UP_STEP: &[Output] = &[
    Output::choice("UserConfirmed", "signUpStep", "DONE", "CONFIRM_SIGN_UP"),
    Output::member("CodeDeliveryDetails", "codeDeliveryDetails", CODE_DELIVERY),
];

const SIGN_UP_DONE: &[Output] = &[Output::word("signUpStep", "DONE")];

/// What the next step of signing up, and then the sign-in, may take.
const SESSION: Output = Output::text("Session", "session");
