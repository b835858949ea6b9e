//! The JSON value.

use super::{Writer, number, reader};
use crate::secret::Secret;

/// A JSON value. Objects keep their order; of duplicate keys the last counts.
#[derive(Clone, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was written.
    Number(Box<str>),
    /// A string: wiped on drop, as it may be a password or a token.
    String(Secret<String>),
    /// An array.
    Array(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Value {
    /// Reads one JSON text. `None` for anything malformed, for nesting deeper than 32, and for text after
    /// the value.
    pub fn parse(text: &str) -> Option<Self> {
        reader::read(text)
    }

    /// An object of these members.
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// This object with one member more, if there is a value. Values that aren't objects are returned unchanged.
    #[must_use]
    pub fn with_some(mut self, key: &str, value: Option<Self>) -> Self {
        if let (Self::Object(members), Some(value)) = (&mut self, value) {
            members.push((key.to_owned(), value));
        }
        self
    }

    /// The member of an object; `None` if this is no object or has no such member.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members()?.iter().rev().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The text of the string member `key`.
    pub fn str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The text of the string member `key`, owned.
    pub fn string(&self, key: &str) -> Option<String> {
        self.str(key).map(str::to_owned)
    }

    /// The text of the string member `key` as a secret.
    pub fn secret(&self, key: &str) -> Option<Secret<String>> {
        self.str(key).map(Secret::from)
    }

    /// The integer member `key`, cut towards zero if it has a fraction.
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_integer()
    }

    /// The integer, cut towards zero if this is a number with a fraction.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Number(text) => number::truncate(text),
            _ => None,
        }
    }

    /// The integer, if this is a number written without fraction and exponent.
    pub fn as_whole(&self) -> Option<i64> {
        match self {
            Self::Number(text) if text.bytes().all(|digit| !matches!(digit, b'.' | b'e' | b'E')) => {
                number::truncate(text)
            }
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text.expose_secret()),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    pub fn elements(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members in their order, if this is an object.
    pub fn members(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Writes compact JSON.
    pub fn to_json(&self) -> Secret<String> {
        let mut writer = Writer::value_only();
        writer.any(self);
        writer.into_text()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(Secret::new(text.to_owned()))
    }
}

impl From<&Secret<String>> for Value {
    fn from(secret: &Secret<String>) -> Self {
        Self::String(secret.clone())
    }
}

impl From<&[(String, String)]> for Value {
    fn from(entries: &[(String, String)]) -> Self {
        Self::Object(entries.iter().map(|(key, text)| (key.clone(), text.as_str().into())).collect())
    }
}
