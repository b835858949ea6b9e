//! A field of an operation's input.

use super::check;
use crate::error::{EmptyField, Error, Misuse};
use crate::json::{Value, Writer};

/// A field of an input.
#[derive(Debug)]
pub struct Field {
    /// The API's name, behind `options.` if it is an option.
    path: &'static str,
    /// Cognito's name.
    wire: &'static str,
    kind: Kind,
    /// The error if it is missing or empty. `None` if it is optional.
    required: Option<EmptyField>,
}

/// What a field holds. Every text is wiped from memory as a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A user name: 1 to 128 characters without white space.
    Username,
    /// A password of at most 256 characters. Its policy is the pool's to check.
    Password,
    /// A confirmation code, sent without white space.
    Code,
    /// Any other text.
    Text,
    /// A truth value.
    Bool,
    /// An object of texts.
    Map,
    /// An object of texts that is sent as a list of `{Name, Value}`.
    Attributes,
}

impl Field {
    /// An optional field.
    pub const fn new(path: &'static str, wire: &'static str, kind: Kind) -> Self {
        Self { path, wire, kind, required: None }
    }

    /// A field that must not be empty, and the error if it is.
    pub const fn required(self, error: EmptyField) -> Self {
        Self { required: Some(error), ..self }
    }

    /// The name of an option. `None` for a member of the input itself.
    pub(super) fn option(&self) -> Option<&'static str> {
        self.path.strip_prefix(OPTIONS)
    }

    /// Whether this field is the member `name` of the input, or of its options.
    pub(super) fn is(&self, name: &str, is_option: bool) -> bool {
        match self.option() {
            Some(option) => is_option && option == name,
            None => !is_option && self.path == name,
        }
    }

    /// The field's value in an input. `None` if it is missing or null.
    pub(super) fn of<'a>(&self, input: &'a Value) -> Option<&'a Value> {
        let value = match self.option() {
            Some(name) => input.get("options")?.get(name),
            None => input.get(self.path),
        };
        value.filter(|value| !matches!(value, Value::Null))
    }

    pub(super) fn check_type(&self, value: Option<&Value>) -> Result<(), Error> {
        let Some(value) = value else { return Ok(()) };
        let is_right = match self.kind {
            Kind::Bool => value.as_bool().is_some(),
            Kind::Map | Kind::Attributes => {
                let wrong = value.members().unwrap_or_default().iter().find(|(_, value)| value.as_str().is_none());
                if let Some((name, _)) = wrong {
                    return Err(Misuse::Option([self.path, ".", name].concat()).into());
                }
                value.members().is_some()
            }
            _ => value.as_str().is_some(),
        };
        if is_right { Ok(()) } else { Err(Misuse::Option(self.path.to_owned()).into()) }
    }

    /// Checks a value of the right type.
    pub(super) fn check_content(&self, value: Option<&Value>) -> Result<(), Error> {
        let is_empty = match value {
            None => true,
            Some(Value::String(text)) if self.kind == Kind::Code => text.expose_secret().trim().is_empty(),
            Some(Value::String(text)) => text.expose_secret().is_empty(),
            Some(Value::Object(members)) => members.is_empty(),
            Some(_) => false,
        };
        match (self.required, value.and_then(Value::as_str)) {
            (Some(field), _) if is_empty => Err(Misuse::Empty(field).into()),
            (_, Some(text)) if self.kind == Kind::Username => check::username(text),
            (_, Some(text)) if self.kind == Kind::Password => check::password(text),
            _ => Ok(()),
        }
    }

    /// Writes a checked value.
    pub(super) fn write(&self, value: Option<&Value>, body: &mut Writer) {
        let Some(value) = value else { return };
        match (self.kind, value) {
            (Kind::Code, Value::String(text)) => body.secret(self.wire, &check::code(text.expose_secret())),
            (Kind::Map | Kind::Attributes, Value::Object(members)) if members.is_empty() => {}
            (Kind::Attributes, Value::Object(members)) => body.attributes(self.wire, members),
            _ => body.value(self.wire, value),
        }
    }
}

const OPTIONS: &str = "options.";
