//! Bad input, found before any request. Names are Amplify's where it has one.

use std::borrow::Cow;

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
        /// The problem and its fix, as the rest of a sentence that starts with the path.
        problem: &'static str,
    },
    /// The input is not an object of plain values.
    Shape,
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
    /// `confirmationCode` of `confirmSignUp`
    ConfirmSignUpCode,
    /// `username` of `resendSignUpCode`
    ResendSignUpCodeUsername,
}

impl EmptyField {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::SignInUsername,
        Self::SignInPassword,
        Self::SignUpUsername,
        Self::SignUpPassword,
        Self::ConfirmSignUpUsername,
        Self::ConfirmSignUpCode,
        Self::ResendSignUpCodeUsername,
    ];

    /// Amplify's name and message.
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::SignInUsername => ("EmptySignInUsername", "username is required to signIn"),
            Self::SignInPassword => ("EmptySignInPassword", "password is required to signIn"),
            Self::SignUpUsername => ("EmptySignUpUsername", "username is required to signUp"),
            Self::SignUpPassword => ("EmptySignUpPassword", "password is required to signUp"),
            Self::ConfirmSignUpUsername => ("EmptyConfirmSignUpUsername", "username is required to confirmSignUp"),
            Self::ConfirmSignUpCode => ("EmptyConfirmSignUpCode", "code is required to confirmSignUp"),
            Self::ResendSignUpCodeUsername => {
                ("EmptyResendSignUpCodeUsername", "username is required to resendSignUpCode")
            }
        }
    }
}

impl Misuse {
    /// A value that is missing or not acceptable.
    pub(crate) fn value(path: &str, problem: &'static str) -> Self {
        Self::Value { path: path.to_owned(), problem }
    }

    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Empty(field) => field.texts().0,
            Self::Username => "InvalidUsername",
            Self::PasswordLength => "InvalidPasswordLength",
            Self::RedirectUrl(_) => "InvalidRedirectException",
            Self::Option(_) | Self::Value { .. } | Self::Shape => "InvalidInput",
        }
    }

    pub(super) fn message(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Empty(field) => field.texts().1,
            Self::Username => "A user name has 1 to 128 characters and no white space.",
            Self::PasswordLength => "A password has at most 256 characters.",
            Self::Option(path) => {
                return Cow::Owned(["The input has an option that is unknown or of the wrong type: ", path].concat());
            }
            Self::Value { path, problem } => return Cow::Owned([path, " ", problem, "."].concat()),
            Self::RedirectUrl(setting) => {
                return Cow::Owned(
                    [setting, " has no URL of this page's origin, or lacks the requested URL."].concat(),
                );
            }
            Self::Shape => "The input must be an object.",
        })
    }
}
