//! What `ListUsers` searches for (`ListUsersRequest`, "Filter").

use super::user_entries::{By, folded, searchable};
use super::users::Place;
use super::{User, UserPool};
use crate::core::wire::error::{ServiceError, invalid};

/// `attribute = "value"` or `attribute ^= "prefix"`.
pub(crate) struct UserFilter {
    attribute: &'static str,
    is_prefix: bool,
    /// In the form in which values are compared.
    value: String,
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

impl UserPool {
    /// The users behind a place whom a filter accepts, each with its own place.
    pub(crate) fn users_after<'a>(
        &'a mut self,
        filter: Option<&'a UserFilter>,
        place: Option<&'a Place>,
    ) -> Box<dyn Iterator<Item = (Place, &'a User)> + 'a> {
        let Some(filter) = filter else { return Box::new(self.users.all_after(place)) };
        let by = By::Attribute(filter.attribute);
        let users = self.users.with_prefix_after(&self.settings, by, &filter.value, place);
        // The whole value comes before what it is a prefix of.
        Box::new(users.take_while(|(place, _)| filter.accepts(&place.value)))
    }
}

/// The text up to the closing quote, which must be the last thing there.
fn unescape(quoted: &str) -> Option<String> {
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
