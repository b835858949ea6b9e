//! The JSON value and its writer.

use super::{number, reader};
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

    /// An object of the members given.
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// An object of strings, such as `ClientMetadata`.
    pub fn string_map<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    }

    /// This object with one member more. A value that is not an object stays as it is.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Self>) -> Self {
        if let Self::Object(members) = &mut self {
            members.push((key.to_owned(), value.into()));
        }
        self
    }

    /// This object with one member more if there is a value.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Self>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// The member of an object; `None` if this is no object or has no such member.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members()?.iter().rev().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The text of the string member `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The text of the string member `key`, owned.
    pub fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    /// The text of the string member `key` as a secret.
    pub fn secret(&self, key: &str) -> Option<Secret<String>> {
        self.text(key).map(Secret::from)
    }

    /// The integer member `key`, cut towards zero if it has a fraction.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key)? {
            Self::Number(text) => number::truncate(text),
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
        let mut out = Secret::new(String::with_capacity(self.written_length()));
        self.write(out.expose_secret_mut());
        out
    }

    /// At least the length of the written text if nothing needs an escape: growing the buffer would leave
    /// copies of secrets behind.
    fn written_length(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) => 5,
            Self::Number(text) => text.len(),
            Self::String(text) => quoted_length(text.expose_secret()),
            Self::Array(elements) => elements.iter().map(|element| element.written_length() + 1).sum::<usize>() + 2,
            Self::Object(members) => {
                members.iter().map(|(key, value)| quoted_length(key) + value.written_length() + 2).sum::<usize>() + 2
            }
        }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(text) => out.push_str(text),
            Self::String(text) => write_string(out, text.expose_secret()),
            Self::Array(elements) => {
                write_list(out, ['[', ']'], elements, |out, element| element.write(out));
            }
            Self::Object(members) => write_list(out, ['{', '}'], members, |out, (key, value)| {
                write_string(out, key);
                out.push(':');
                value.write(out);
            }),
        }
    }
}

fn write_list<T>(out: &mut String, brackets: [char; 2], items: &[T], write: impl Fn(&mut String, &T)) {
    out.push(brackets[0]);
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(brackets[1]);
}

/// The length of a string in quotes, with room for the worst escape of each of its bytes that needs one.
fn quoted_length(text: &str) -> usize {
    2 + text.bytes().map(|byte| if byte < 0x20 || matches!(byte, b'"' | b'\\') { 6 } else { 1 }).sum::<usize>()
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                out.push(if character < '\x10' { '0' } else { '1' });
                out.push(char::from(b"0123456789abcdef"[character as usize & 15]));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(Secret::new(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(Secret::new(text))
    }
}

impl From<&Secret<String>> for Value {
    fn from(secret: &Secret<String>) -> Self {
        secret.expose_secret().as_str().into()
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Number(number::write(integer).into_boxed_str())
    }
}
