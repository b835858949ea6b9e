//! What `ListUsers` searches for (`ListUsersRequest`, "Filter").

use super::user_entries::{folded, searchable};
use crate::core::wire::error::{ServiceError, invalid};

/// `attribute = "value"` or `attribute ^= "prefix"`.
pub(crate) struct UserFilter {
    pub(super) attribute: &'static str,
    pub(super) is_prefix: bool,
    /// In the form in which values are compared.
    pub(super) value: String,
}

impl UserFilter {
    /// Reads a filter; an empty one is none.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, ServiceError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let malformed = || invalid(format!("Error while parsing filter: {text}"));
        let (left, right) = text.split_once('=').ok_or_else(malformed)?;
        let quoted = right.trim_start().strip_prefix('"').ok_or_else(malformed)?;
        let (name, is_prefix) = left.strip_suffix('^').map_or((left, false), |name| (name, true));
        let name = name.trim().trim_matches('"');
        let attribute = searchable(name).ok_or_else(|| invalid(format!("Cannot search by attribute {name}")))?;
        let value = folded(attribute, &unescape(quoted).ok_or_else(malformed)?);
        Ok(Some(Self { attribute, is_prefix, value }))
    }

    /// Whether a value, in the form in which values are compared, is one that is searched for.
    pub(super) fn accepts(&self, value: &str) -> bool {
        if self.is_prefix { value.starts_with(&self.value) } else { value == self.value }
    }
}

/// The text up to the closing quote, which must be the last thing there.
pub(super) fn unescape(quoted: &str) -> Option<String> {
    let mut value = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next()? {
            '\\' => value.push(letters.next()?),
            '"' => return letters.as_str().trim().is_empty().then_some(value),
            letter => value.push(letter),
        }
    }
}
