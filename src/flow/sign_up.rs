//! Signing up, confirming it, and asking for the code again: the types of these operations in Rust.

use crate::json::Value;
use crate::secret::Secret;

/// A new user.
#[derive(Debug, Default)]
pub struct SignUp {
    /// The user name, or the e-mail address or phone number where the pool signs in by that.
    pub username: String,
    /// The password. Empty for a user without one, where the pool has passwordless sign-in.
    pub password: Secret<String>,
    /// Attributes such as `email`.
    pub attributes: Vec<(String, String)>,
    /// Data for the pre sign-up trigger.
    pub validation_data: Vec<(String, String)>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// The code that confirms a new user.
#[derive(Debug, Default)]
pub struct ConfirmSignUp {
    /// The user name.
    pub username: String,
    /// The code from the mail or the text message.
    pub code: Secret<String>,
    /// [`SignUpResult::session`], so that the user can be signed in with what confirming returns.
    pub session: Option<Secret<String>>,
    /// Take an alias (e-mail address, phone number) over from another user who has it.
    pub force_alias_creation: Option<bool>,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// Asks for the code again.
#[derive(Debug, Default)]
pub struct ResendSignUpCode {
    /// The user name.
    pub username: String,
    /// Data for the triggers.
    pub client_metadata: Vec<(String, String)>,
}

/// The outcome of a sign-up.
#[derive(Clone, Debug)]
pub struct SignUpResult {
    /// `UserSub`
    pub user_sub: String,
    /// `UserConfirmed`: nothing is left to do.
    pub confirmed: bool,
    /// Where the code was sent, if one was.
    pub delivery: Option<CodeDelivery>,
    /// `Session`, for [`ConfirmSignUp::session`], or for a sign-in if nothing is left to do.
    pub session: Option<Secret<String>>,
}

/// Where a code was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDelivery {
    /// `Destination`, masked by the service: `a***@e***`.
    pub destination: Option<String>,
    /// `DeliveryMedium`: `EMAIL` or `SMS`.
    pub medium: Option<String>,
    /// `AttributeName`, such as `email`.
    pub attribute: Option<String>,
}

impl From<&SignUp> for Value {
    fn from(input: &SignUp) -> Self {
        let options = Self::object([
            ("userAttributes", input.attributes.as_slice().into()),
            ("validationData", input.validation_data.as_slice().into()),
            ("clientMetadata", input.client_metadata.as_slice().into()),
        ]);
        let has_password = !input.password.expose_secret().is_empty();
        Self::object([("username", input.username.as_str().into()), ("options", options)])
            .with_some("password", has_password.then(|| (&input.password).into()))
    }
}

impl From<&ConfirmSignUp> for Value {
    fn from(input: &ConfirmSignUp) -> Self {
        let options = Self::object([
            ("forceAliasCreation", input.force_alias_creation.map_or(Self::Null, Self::Bool)),
            ("clientMetadata", input.client_metadata.as_slice().into()),
        ])
        .with_some("session", input.session.as_ref().map(Self::from));
        Self::object([
            ("username", input.username.as_str().into()),
            ("confirmationCode", (&input.code).into()),
            ("options", options),
        ])
    }
}

impl From<&ResendSignUpCode> for Value {
    fn from(input: &ResendSignUpCode) -> Self {
        let options = Self::object([("clientMetadata", input.client_metadata.as_slice().into())]);
        Self::object([("username", input.username.as_str().into()), ("options", options)])
    }
}

impl From<&Value> for SignUpResult {
    fn from(output: &Value) -> Self {
        let delivery = output.get("nextStep").and_then(|step| step.get("codeDeliveryDetails"));
        Self {
            user_sub: output.string("userId").unwrap_or_default(),
            confirmed: output.get("isSignUpComplete").and_then(Value::as_bool).unwrap_or_default(),
            delivery: delivery.map(CodeDelivery::from),
            session: output.secret("session"),
        }
    }
}

impl From<&Value> for CodeDelivery {
    fn from(output: &Value) -> Self {
        Self {
            destination: output.string("destination"),
            medium: output.string("deliveryMedium"),
            attribute: output.string("attributeName"),
        }
    }
}
