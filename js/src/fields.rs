//! Reading an input's members strictly. An option that is not known is an error that names it.

use poolpass::error::{Error, Misuse};
use poolpass::json::Value;
use poolpass::secret::Secret;

/// Checks that an input is empty.
pub(crate) fn nothing(json: &Value) -> Result<(), Error> {
    Fields::root(json, &[]).map(drop)
}

/// An object and where it stands in the input.
pub(crate) struct Fields<'a> {
    path: &'static str,
    pub(crate) json: &'a Value,
}

static NOTHING: Value = Value::Object(Vec::new());

impl<'a> Fields<'a> {
    pub(crate) fn root(json: &'a Value, known: &[&str]) -> Result<Self, Error> {
        Self { path: "", json }.only(known)
    }

    pub(crate) fn options(&self, known: &[&str]) -> Result<Self, Error> {
        let json = self.json.get("options").filter(|json| !matches!(json, Value::Null)).unwrap_or(&NOTHING);
        Self { path: "options.", json }.only(known)
    }

    fn only(self, known: &[&str]) -> Result<Self, Error> {
        let members = self.json.members().ok_or(Misuse::Shape)?;
        match members.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => Err(self.bad(key)),
            None => Ok(self),
        }
    }

    pub(crate) fn bad(&self, key: &str) -> Error {
        Misuse::Option([self.path, key].concat()).into()
    }

    /// A text; empty if it is missing, which the flow then says in its own words.
    pub(crate) fn str(&self, key: &str) -> Result<&'a str, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(""),
            Some(value) => value.as_str().ok_or_else(|| self.bad(key)),
        }
    }

    pub(crate) fn secret(&self, key: &str) -> Result<Secret<String>, Error> {
        self.str(key).map(Secret::from)
    }

    pub(crate) fn bool(&self, key: &str) -> Result<Option<bool>, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_bool().map(Some).ok_or_else(|| self.bad(key)),
        }
    }

    /// A text, or `None` if it is missing.
    pub(crate) fn str_if(&self, key: &str) -> Result<Option<String>, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.str(key).map(|text| Some(text.to_owned())),
        }
    }

    /// A whole number, or `None` if it is missing.
    pub(crate) fn integer(&self, key: &str) -> Result<Option<i64>, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_whole().map(Some).ok_or_else(|| self.bad(key)),
        }
    }

    /// Texts, or a single one.
    pub(crate) fn list(&self, key: &str) -> Result<Vec<String>, Error> {
        let Some(Value::Array(elements)) = self.json.get(key) else {
            return Ok(self.str_if(key)?.into_iter().collect());
        };
        let text = |element: &Value| element.as_str().map(str::to_owned).ok_or_else(|| self.bad(key));
        elements.iter().map(text).collect()
    }

    /// An object of texts.
    pub(crate) fn string_map(&self, key: &str) -> Result<Vec<(String, String)>, Error> {
        let members = match self.json.get(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(value) => value.members().ok_or_else(|| self.bad(key))?,
        };
        let text = |(name, value): &(String, Value)| match value.as_str() {
            Some(text) => Ok((name.clone(), text.to_owned())),
            None => Err(self.bad(&[key, ".", name].concat())),
        };
        members.iter().map(text).collect()
    }
}
