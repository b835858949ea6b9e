//! A field of an operation's input.

use super::check;
use crate::error::{EmptyField, Error, Misuse, ValueProblem};
use crate::json::{Value, Writer};

/// A field of an input.
#[derive(Debug)]
pub struct Field {
    /// The API's name, behind `options.` if it is an option, or behind the object that it is a member of.
    path: &'static str,
    /// Cognito's name.
    wire: &'static str,
    kind: Kind,
    presence: Presence,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug)]
enum Presence {
    /// It may be missing or empty.
    Optional,
    /// It must not be empty: the error if it is. If the flag is set, it must not be missing either.
    Filled(EmptyField, bool),
    /// It must not be missing or empty, which has no error of its own.
    Required,
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
    /// A whole number.
    Number,
    /// A list of texts.
    Texts,
    /// Any JSON.
    Json,
    /// An object of texts.
    Map,
    /// An object of texts that is sent as a list of `{Name, Value}`.
    Attributes,
    /// `{attributeKey, value}`, sent as a list of one `{Name, Value}`.
    Attribute,
    /// One of these words, which turn a second factor on or off and say whether the user prefers it: `{Enabled, PreferredMfa}`.
    Preference(&'static [&'static str]),
    /// A device as `{id}`, maybe with more members, sent as its key. Without it, the operation is about the device that the user is
    /// at.
    Device,
    /// Nothing in the input: this text is always sent.
    Word(&'static str),
}

impl Field {
    /// An optional field.
    pub const fn new(path: &'static str, wire: &'static str, kind: Kind) -> Self {
        Self { path, wire, kind, presence: Presence::Optional }
    }

    /// A text that is always sent.
    pub const fn word(wire: &'static str, text: &'static str) -> Self {
        Self::new("", wire, Kind::Word(text))
    }

    /// A field that must not be empty, and the error if it is.
    pub const fn required(self, error: EmptyField) -> Self {
        Self { presence: Presence::Filled(error, true), ..self }
    }

    /// A field that may be missing but not empty, and the error if it is.
    pub const fn filled(self, error: EmptyField) -> Self {
        Self { presence: Presence::Filled(error, false), ..self }
    }

    /// A field that must not be empty. The error if it is names the field.
    pub const fn needed(self) -> Self {
        Self { presence: Presence::Required, ..self }
    }

    /// The member of the input that the field is or stands in.
    fn member(&self) -> &'static str {
        self.path.split('.').next().unwrap_or_default()
    }

    /// The name in the object that the field stands in. `None` for a member of the input itself.
    fn inner(&self) -> Option<&'static str> {
        self.path.split('.').nth(1)
    }

    /// Whether this field is the member `name` of the input, or of its options.
    pub(super) fn is(&self, name: &str, is_option: bool) -> bool {
        if is_option {
            self.member() == "options" && self.inner() == Some(name)
        } else {
            self.member() == name && !name.is_empty()
        }
    }

    /// Whether the input leaves it open which device is meant.
    pub(super) fn lacks_device(&self, input: &Value) -> bool {
        self.kind == Kind::Device && self.of(input).is_none()
    }

    /// The field's value in an input. `None` if it is missing or null.
    pub(super) fn of<'a>(&self, input: &'a Value) -> Option<&'a Value> {
        let member = input.get(self.member());
        let value = match self.inner() {
            Some(name) => member?.get(name),
            None => member,
        };
        value.filter(|value| !matches!(value, Value::Null))
    }

    pub(super) fn check_type(&self, value: Option<&Value>) -> Result<(), Error> {
        let Some(value) = value else { return Ok(()) };
        let is_right = match self.kind {
            Kind::Json => true,
            Kind::Bool => value.as_bool().is_some(),
            Kind::Number => value.as_whole().is_some(),
            Kind::Texts => value.elements().is_some_and(|texts| texts.iter().all(|text| text.as_str().is_some())),
            Kind::Preference(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Kind::Attribute => attribute(value).is_some(),
            Kind::Device => value.str("id").is_some_and(|id| !id.is_empty()),
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
            Some(Value::Array(elements)) => elements.is_empty(),
            Some(_) => false,
        };
        match (self.presence, value.and_then(Value::as_str)) {
            (Presence::Filled(field, is_needed), _) if is_empty && (is_needed || value.is_some()) => {
                Err(Misuse::Empty(field).into())
            }
            (Presence::Required, _) if is_empty => Err(Misuse::value(self.path, ValueProblem::Required).into()),
            (_, Some(text)) if self.kind == Kind::Username => check::username(text),
            (_, Some(text)) if self.kind == Kind::Password => check::password(text),
            _ => Ok(()),
        }
    }

    /// Writes a checked value.
    pub(super) fn write(&self, value: Option<&Value>, body: &mut Writer) {
        if let Kind::Word(text) = self.kind {
            body.str(self.wire, text);
        }
        let Some(value) = value else { return };
        match (self.kind, value) {
            (Kind::Code, Value::String(text)) => body.secret(self.wire, &check::code(text.expose_secret())),
            (Kind::Map | Kind::Attributes, Value::Object(members)) if members.is_empty() => {}
            (Kind::Attributes, Value::Object(members)) => body.attributes(self.wire, members),
            (Kind::Attribute, _) => {
                if let Some((name, value)) = attribute(value) {
                    body.attributes(self.wire, &[(name.to_owned(), value.into())]);
                }
            }
            (Kind::Device, _) => body.str_if(self.wire, value.str("id")),
            (Kind::Preference(_), Value::String(word)) => {
                let word = word.expose_secret();
                body.open(self.wire);
                body.bool("Enabled", word != "DISABLED");
                if word.ends_with("PREFERRED") {
                    body.bool("PreferredMfa", word == "PREFERRED");
                }
                body.close();
            }
            _ => body.value(self.wire, value),
        }
    }
}

/// The name and the value of `{attributeKey, value}`, which has no other members.
fn attribute(value: &Value) -> Option<(&str, &str)> {
    let is_one = value.members()?.len() == 2;
    is_one.then_some((value.str("attributeKey")?, value.str("value")?))
}
