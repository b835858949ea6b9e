//! Passwords: forgotten ones, new ones, first ones.

use super::super::field::{Field, Kind};
use super::super::operation::{Caller, Effect, Operation};
use super::super::output::Output;
use super::{CLIENT_METADATA, CODE_DELIVERY};
use crate::error::{EmptyField, ResponseProblem};
use crate::platform::Retry;

/// Sends a code with which the user can choose a new password.
pub const RESET_PASSWORD: Operation = Operation {
    name: "ForgotPassword",
    method: "resetPassword",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ResetPasswordUsername),
        CLIENT_METADATA,
    ],
    output: &[Output::is("isPasswordReset", false), Output::object("nextStep", RESET_STEP)],
};

/// Sets a new password with the code that was sent.
pub const CONFIRM_RESET_PASSWORD: Operation = Operation {
    name: "ConfirmForgotPassword",
    method: "confirmResetPassword",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Never,
    input: &[
        Field::new("username", "Username", Kind::Username).required(EmptyField::ConfirmResetPasswordUsername),
        Field::new("newPassword", "Password", Kind::Password).required(EmptyField::ConfirmResetPasswordNewPassword),
        Field::new("confirmationCode", "ConfirmationCode", Kind::Code).required(EmptyField::ConfirmResetPasswordCode),
        CLIENT_METADATA,
    ],
    output: &[],
};

/// Changes the user's password. Users who have none set their first one, and give no old one.
pub const UPDATE_PASSWORD: Operation = Operation {
    name: "ChangePassword",
    method: "updatePassword",
    caller: Caller::User,
    effect: Effect::Changes,
    retry: Retry::Throttled,
    input: &[
        Field::new("oldPassword", "PreviousPassword", Kind::Password).filled(EmptyField::UpdatePassword),
        Field::new("newPassword", "ProposedPassword", Kind::Password).required(EmptyField::UpdatePassword),
    ],
    output: &[],
};

const RESET_STEP: &[Output] = &[
    Output::word("resetPasswordStep", "CONFIRM_RESET_PASSWORD_WITH_CODE"),
    Output::member("CodeDeliveryDetails", "codeDeliveryDetails", CODE_DELIVERY)
        .required(ResponseProblem::CodeDeliveryDetails),
];
