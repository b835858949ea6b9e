//! Writing JSON straight into text: no tree, no formatting machinery, no copy of a secret left behind.

use super::{Value, number};
use crate::secret::Secret;

/// What stands for a value that is not known yet.
pub(crate) const HOLE: &str = "\u{1}";

/// Writes one JSON object, member by member.
#[derive(Clone)]
pub struct Writer {
    text: Secret<String>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::object()
    }
}

impl Writer {
    /// Begins an object.
    pub fn object() -> Self {
        let mut writer = Self { text: Secret::new(String::with_capacity(512)) };
        writer.push("{");
        writer
    }

    /// Begins an object with these members.
    pub fn with(members: &[(String, Value)]) -> Self {
        let mut writer = Self::object();
        members.iter().for_each(|(key, value)| writer.value(key, value));
        writer
    }

    /// Ends the object.
    pub fn finish(mut self) -> Secret<String> {
        self.push("}");
        self.text
    }

    /// A string member.
    pub fn str(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    /// A string member, if there is a text.
    pub fn str_if(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.str(key, text);
        }
    }

    /// A string member that is a secret.
    pub fn secret(&mut self, key: &str, secret: &Secret<String>) {
        self.str(key, secret.expose_secret());
    }

    /// A string member that is a secret, if there is one.
    pub fn secret_if(&mut self, key: &str, secret: Option<&Secret<String>>) {
        if let Some(secret) = secret {
            self.secret(key, secret);
        }
    }

    /// An integer member.
    pub fn integer(&mut self, key: &str, integer: i64) {
        self.key(key);
        number::write(integer, |digits| self.push(digits));
    }

    /// A truth member.
    pub fn bool(&mut self, key: &str, truth: bool) {
        self.key(key);
        self.push(if truth { "true" } else { "false" });
    }

    /// A member of any value.
    pub fn value(&mut self, key: &str, value: &Value) {
        self.key(key);
        self.any(value);
    }

    /// An object member of what another writer has begun.
    pub fn object_of(&mut self, key: &str, object: Self) {
        self.key(key);
        self.push(object.finish().expose_secret());
    }

    /// A member whose value [`Request::with_hash`](crate::platform::Request::with_hash) writes later. No text that is written has
    /// this character: it is escaped there.
    pub(crate) fn hole(&mut self, key: &str) {
        self.key(key);
        self.push(HOLE);
    }

    /// Begins an object member; [`Writer::close`] ends it.
    pub fn open(&mut self, key: &str) {
        self.key(key);
        self.push("{");
    }

    /// Ends an object member.
    pub fn close(&mut self) {
        self.push("}");
    }

    /// An object member of strings, if there are any.
    pub fn string_map_if_any(&mut self, key: &str, entries: &[(String, String)]) {
        if !entries.is_empty() {
            self.open(key);
            for (name, text) in entries {
                self.str(name, text);
            }
            self.close();
        }
    }

    /// An array member of strings.
    pub fn list(&mut self, key: &str, texts: &[String]) {
        self.key(key);
        self.push("[");
        for text in texts {
            self.separate();
            self.string(text);
        }
        self.push("]");
    }

    /// An array member of `{Name, Value}` objects: AWS's lists of attributes.
    pub fn attributes(&mut self, key: &str, members: &[(String, Value)]) {
        self.key(key);
        self.push("[");
        for (name, value) in members {
            self.separate();
            self.push("{");
            self.str("Name", name);
            self.value("Value", value);
            self.push("}");
        }
        self.push("]");
    }

    pub(super) fn any(&mut self, value: &Value) {
        match value {
            Value::Null => self.push("null"),
            Value::Bool(true) => self.push("true"),
            Value::Bool(false) => self.push("false"),
            Value::Number(text) => self.push(text),
            Value::String(text) => self.string(text.expose_secret()),
            Value::Array(elements) => {
                self.push("[");
                for element in elements {
                    self.separate();
                    self.any(element);
                }
                self.push("]");
            }
            Value::Object(members) => {
                self.push("{");
                for (key, value) in members {
                    self.value(key, value);
                }
                self.push("}");
            }
        }
    }

    /// An empty text to write one value into.
    pub(super) fn value_only() -> Self {
        Self { text: Secret::default() }
    }

    pub(super) fn into_text(self) -> Secret<String> {
        self.text
    }

    fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.push(":");
    }

    fn separate(&mut self) {
        if !matches!(self.text.expose_secret().as_bytes().last(), None | Some(b'{' | b'[')) {
            self.push(",");
        }
    }

    fn string(&mut self, text: &str) {
        self.push("\"");
        // Cut before every character that needs an escape; those are single bytes, so no cut is in a character.
        let mut start = 0;
        for (position, byte) in text.bytes().enumerate() {
            if byte >= 0x20 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.push(text.get(start..position).unwrap_or_default());
            start = position + 1;
            match byte {
                b'"' => self.push("\\\""),
                b'\\' => self.push("\\\\"),
                _ => {
                    self.push(if byte < 0x10 { "\\u000" } else { "\\u001" });
                    let digit = usize::from(byte & 15);
                    self.push("0123456789abcdef".get(digit..=digit).unwrap_or_default());
                }
            }
        }
        self.push(text.get(start..).unwrap_or_default());
        self.push("\"");
    }

    fn push(&mut self, part: &str) {
        self.text.push_str(part);
    }
}
