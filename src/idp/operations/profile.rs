//! The user's attributes, and the user.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use super::{CLIENT_METADATA, CODE_DELIVERY};
use crate::error::{EmptyField, ResponseProblem};
use crate::platform::Retry;

/// Returns the user's attributes.
pub const FETCH_USER_ATTRIBUTES: Operation = Operation {
    name: "GetUser",
    method: "fetchUserAttributes",
    caller: Caller::User,
    effect: Effect::Reads,
    retry: Retry::Transient,
    input: &[],
    output: &[Output::attributes("UserAttributes").required(ResponseProblem::UserAttributes)],
};

/// Changes attributes. The output has those that wait for a code.
pub const UPDATE_USER_ATTRIBUTES: Operation = Operation {
    name: "UpdateUserAttributes",
    method: "updateUserAttributes",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[Field::new("userAttributes", "UserAttributes", Kind::Attributes).needed(), CLIENT_METADATA],
    output: SENT_CODES,
};

/// Changes one attribute.
pub const UPDATE_USER_ATTRIBUTE: Operation = Operation {
    method: "updateUserAttribute",
    input: &[Field::new("userAttribute", "UserAttributes", Kind::Attribute).needed(), CLIENT_METADATA],
    ..UPDATE_USER_ATTRIBUTES
};

/// Removes attributes.
pub const DELETE_USER_ATTRIBUTES: Operation = Operation {
    name: "DeleteUserAttributes",
    method: "deleteUserAttributes",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Transient,
    input: &[Field::new("userAttributeKeys", "UserAttributeNames", Kind::Texts).needed()],
    output: &[],
};

/// Sends a code that verifies an e-mail address or a phone number.
pub const SEND_USER_ATTRIBUTE_VERIFICATION_CODE: Operation = Operation {
    name: "GetUserAttributeVerificationCode",
    method: "sendUserAttributeVerificationCode",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[ATTRIBUTE, CLIENT_METADATA],
    output: &[Output::members_of("CodeDeliveryDetails", CODE_DELIVERY).required(ResponseProblem::CodeDeliveryDetails)],
};

/// Verifies an attribute with the code that was sent.
pub const CONFIRM_USER_ATTRIBUTE: Operation = Operation {
    name: "VerifyUserAttribute",
    method: "confirmUserAttribute",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Never,
    input: &[
        ATTRIBUTE,
        Field::new("confirmationCode", "Code", Kind::Code).required(EmptyField::ConfirmUserAttributeCode),
    ],
    output: &[],
};

/// Deletes the user.
pub const DELETE_USER: Operation = Operation {
    name: "DeleteUser",
    method: "deleteUser",
    caller: Caller::User,
    effect: Effect::EndsSession,
    retry: Retry::Throttled,
    input: &[],
    output: &[],
};

const ATTRIBUTE: Field = Field::new("userAttributeKey", "AttributeName", Kind::Text).needed();

const SENT_CODES: &[Output] = &[Output::list("CodeDeliveryDetailsList", "codeDeliveryDetailsList", CODE_DELIVERY)];
