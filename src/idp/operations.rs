//! The table of the operations. A row is all that the kit needs to offer one.

use super::field::{Field, Kind};
use super::operation::{Caller, Operation};
use super::output::Output;
use crate::error::{EmptyField, ResponseProblem};
use crate::platform::Retry;

/// All operations.
pub static ALL: [Operation; 4] = [SIGN_UP, CONFIRM_SIGN_UP, RESEND_SIGN_UP_CODE, FETCH_USER_ATTRIBUTES];

/// The operation of a method of the API.
pub fn find(method: &str) -> Option<&'static Operation> {
    ALL.iter().find(|operation| operation.method == method)
}

/// Signs a new user up.
pub const SIGN_UP: Operation = Operation {
    name: "SignUp",
    method: "signUp",
    caller: Caller::App,
    retry: Retry::Throttled,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::SignUpUsername),
        Field::new("password", "Password", Kind::Password).required(EmptyField::SignUpPassword),
        Field::new("options.userAttributes", "UserAttributes", Kind::Attributes),
        Field::new("options.validationData", "ValidationData", Kind::Attributes),
        CLIENT_METADATA,
    ],
    output: &[
        Output::bool("UserConfirmed", "isSignUpComplete"),
        Output::text("UserSub", "userId").required(ResponseProblem::UserSub),
        Output::object("nextStep", SIGN_UP_STEP),
    ],
};

/// Confirms a new user by the code that was sent.
pub const CONFIRM_SIGN_UP: Operation = Operation {
    name: "ConfirmSignUp",
    method: "confirmSignUp",
    caller: Caller::App,
    retry: Retry::Never,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ConfirmSignUpUsername),
        Field::new("confirmationCode", "ConfirmationCode", Kind::Code).required(EmptyField::ConfirmSignUpCode),
        Field::new("options.forceAliasCreation", "ForceAliasCreation", Kind::Bool),
        CLIENT_METADATA,
    ],
    output: &[Output::is("isSignUpComplete", true), Output::object("nextStep", SIGN_UP_DONE)],
};

/// Sends the code of a sign-up again.
pub const RESEND_SIGN_UP_CODE: Operation = Operation {
    name: "ResendConfirmationCode",
    method: "resendSignUpCode",
    caller: Caller::App,
    retry: Retry::Throttled,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ResendSignUpCodeUsername),
        CLIENT_METADATA,
    ],
    output: &[Output::members_of("CodeDeliveryDetails", CODE_DELIVERY).required(ResponseProblem::CodeDeliveryDetails)],
};

/// Returns the user's attributes.
pub const FETCH_USER_ATTRIBUTES: Operation = Operation {
    name: "GetUser",
    method: "fetchUserAttributes",
    caller: Caller::User,
    retry: Retry::Transient,
    input: &[],
    output: &[Output::attributes("UserAttributes").required(ResponseProblem::UserAttributes)],
};

/// Data for the triggers.
const CLIENT_METADATA: Field = Field::new("options.clientMetadata", "ClientMetadata", Kind::Map);

/// Where a code was sent.
const CODE_DELIVERY: &[Output] = &[
    Output::text("Destination", "destination"),
    Output::text("DeliveryMedium", "deliveryMedium"),
    Output::text("AttributeName", "attributeName"),
];

const SIGN_UP_STEP: &[Output] = &[
    Output::choice("UserConfirmed", "signUpStep", "DONE", "CONFIRM_SIGN_UP"),
    Output::member("CodeDeliveryDetails", "codeDeliveryDetails", CODE_DELIVERY),
];

const SIGN_UP_DONE: &[Output] = &[Output::word("signUpStep", "DONE")];
