//! Bad input, found before any request. Names are Amplify's where it has one.

use super::problem::ValueProblem;

/// The problem with the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misuse {
    /// A required field is empty.
    Empty(EmptyField),
    /// The user name contains white space or control characters, or more than 128 characters.
    Username,
    /// The password is longer than 256 characters.
    PasswordLength,
    /// No redirect URL fits the page, or the requested one is not configured: the setting.
    RedirectUrl(&'static str),
    /// An unknown option, or one of the wrong type: its path.
    Option(String),
    /// A value that is missing or not acceptable.
    Value {
        /// Path of the value, such as `headers.content-disposition`.
        path: String,
        /// The problem.
        problem: ValueProblem,
    },
    /// The input is not an object of plain values.
    Shape,
    /// The input leaves it open which device is meant, and the service has given the session none.
    NoDevice,
}

/// The fields that must not be empty, each of one method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptyField {
    /// `username` of `signIn`
    SignInUsername,
    /// `password` of `signIn`
    SignInPassword,
    /// `username` of `signUp`
    SignUpUsername,
    /// `password` of `signUp`
    SignUpPassword,
    /// `username` of `confirmSignUp`
    ConfirmSignUpUsername,
    /// `challengeResponse` of `confirmSignIn`
    ChallengeResponse,
    /// `confirmationCode` of `confirmSignUp`
    ConfirmSignUpCode,
    /// `username` of `resendSignUpCode`
    ResendSignUpCodeUsername,
    /// `username` of `resetPassword`
    ResetPasswordUsername,
    /// `username` of `confirmResetPassword`
    ConfirmResetPasswordUsername,
    /// `newPassword` of `confirmResetPassword`
    ConfirmResetPasswordNewPassword,
    /// `confirmationCode` of `confirmResetPassword`
    ConfirmResetPasswordCode,
    /// `oldPassword` or `newPassword` of `updatePassword`
    UpdatePassword,
    /// `confirmationCode` of `confirmUserAttribute`
    ConfirmUserAttributeCode,
    /// `code` of `verifyTOTPSetup`
    VerifyTotpSetupCode,
}

impl EmptyField {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::SignInUsername,
        Self::SignInPassword,
        Self::SignUpUsername,
        Self::SignUpPassword,
        Self::ConfirmSignUpUsername,
        Self::ChallengeResponse,
        Self::ConfirmSignUpCode,
        Self::ResendSignUpCodeUsername,
        Self::ResetPasswordUsername,
        Self::ConfirmResetPasswordUsername,
        Self::ConfirmResetPasswordNewPassword,
        Self::ConfirmResetPasswordCode,
        Self::UpdatePassword,
        Self::ConfirmUserAttributeCode,
        Self::VerifyTotpSetupCode,
    ];

    pub(super) const TEXTS: [&'static str; Self::ALL.len()] = {
        let mut texts = [""; Self::ALL.len()];
        let mut at = 0;
        while at < texts.len() {
            texts[Self::ALL[at] as usize] = Self::ALL[at].message();
            at += 1;
        }
        texts
    };

    /// Amplify's name.
    const fn name(self) -> &'static str {
        match self {
            Self::SignInUsername => "EmptySignInUsername",
            Self::SignInPassword => "EmptySignInPassword",
            Self::SignUpUsername => "EmptySignUpUsername",
            Self::SignUpPassword => "EmptySignUpPassword",
            Self::ConfirmSignUpUsername => "EmptyConfirmSignUpUsername",
            Self::ChallengeResponse => "EmptyChallengeResponse",
            Self::ConfirmSignUpCode => "EmptyConfirmSignUpCode",
            Self::ResendSignUpCodeUsername => "EmptyResendSignUpCodeUsername",
            Self::ResetPasswordUsername => "EmptyResetPasswordUsername",
            Self::ConfirmResetPasswordUsername => "EmptyConfirmResetPasswordUsername",
            Self::ConfirmResetPasswordNewPassword => "EmptyConfirmResetPasswordNewPassword",
            Self::ConfirmResetPasswordCode => "EmptyConfirmResetPasswordConfirmationCode",
            Self::UpdatePassword => "EmptyUpdatePassword",
            Self::ConfirmUserAttributeCode => "EmptyConfirmUserAttributeCode",
            Self::VerifyTotpSetupCode => "EmptyVerifyTOTPSetupCode",
        }
    }

    /// Amplify's message.
    const fn message(self) -> &'static str {
        match self {
            Self::SignInUsername => "username is required to signIn",
            Self::SignInPassword => "password is required to signIn",
            Self::SignUpUsername => "username is required to signUp",
            Self::SignUpPassword => "password is required to signUp",
            Self::ConfirmSignUpUsername => "username is required to confirmSignUp",
            Self::ChallengeResponse => "challengeResponse is required to confirmSignIn",
            Self::ConfirmSignUpCode => "code is required to confirmSignUp",
            Self::ResendSignUpCodeUsername => "username is required to resendSignUpCode",
            Self::ResetPasswordUsername => "username is required to resetPassword",
            Self::ConfirmResetPasswordUsername => "username is required to confirmResetPassword",
            Self::ConfirmResetPasswordNewPassword => "newPassword is required to confirmResetPassword",
            Self::ConfirmResetPasswordCode => "confirmationCode is required to confirmResetPassword",
            Self::UpdatePassword => {
                "newPassword is required to updatePassword, and oldPassword if the user has a password"
            }
            Self::ConfirmUserAttributeCode => "confirmation code is required to confirmUserAttribute",
            Self::VerifyTotpSetupCode => "code is required to verifyTotpSetup",
        }
    }
}

impl Misuse {
    /// The messages of all but an empty field and a value.
    pub(super) const TEXTS: [&'static str; 6] = [
        "A user name has 1 to 128 characters and no white space.",
        "A password has at most 256 characters.",
        "{} has no URL of this page's origin, or lacks the requested URL.",
        "The input has an option that is unknown or of the wrong type: {}",
        "The input must be an object.",
        "The user pool has given this session no device: name one.",
    ];

    /// A value that is missing or not acceptable.
    pub(crate) fn value(path: &str, problem: ValueProblem) -> Self {
        Self::Value { path: path.to_owned(), problem }
    }

    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Empty(field) => field.name(),
            Self::Username => "InvalidUsername",
            Self::PasswordLength => "InvalidPasswordLength",
            Self::RedirectUrl(_) => "InvalidRedirectException",
            Self::Option(_) | Self::Value { .. } | Self::Shape => "InvalidInput",
            Self::NoDevice => "DeviceMetadataNotFoundException",
        }
    }

    /// The place of its message among those of `bad_input`: the empty fields', [`Misuse::TEXTS`], the values'.
    pub(super) const fn number(&self) -> usize {
        const OTHERS: usize = EmptyField::ALL.len();
        match self {
            Self::Empty(field) => *field as usize,
            Self::Username => OTHERS,
            Self::PasswordLength => OTHERS + 1,
            Self::RedirectUrl(_) => OTHERS + 2,
            Self::Option(_) => OTHERS + 3,
            Self::Shape => OTHERS + 4,
            Self::NoDevice => OTHERS + 5,
            Self::Value { problem, .. } => OTHERS + Self::TEXTS.len() + *problem as usize,
        }
    }

    pub(super) fn detail(&self) -> Option<&str> {
        match self {
            Self::RedirectUrl(setting) => Some(setting),
            Self::Option(path) | Self::Value { path, .. } => Some(path),
            Self::Empty(_) | Self::Username | Self::PasswordLength | Self::Shape | Self::NoDevice => None,
        }
    }
}
