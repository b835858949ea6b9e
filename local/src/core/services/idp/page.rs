//! Long lists in pages: the token says where the next page begins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::core::wire::error::{ServiceError, invalid};

/// One page of a list.
pub(super) struct Page<T> {
    pub(super) entries: Vec<T>,
    /// Leads to the entries that remain.
    pub(super) token: Option<String>,
}

impl Page<Value> {
    /// The reply: the entries and, if there are more, the token.
    pub(super) fn reply(self, entries: &str, token: &str) -> Value {
        let mut reply = json!({ entries: self.entries });
        if let Some(next) = self.token {
            reply[token] = json!(next);
        }
        reply
    }
}

/// The place that a token names.
///
/// # Errors
/// `InvalidParameterException` for a token that this list did not give out.
pub(super) fn place<P: DeserializeOwned>(list: &str, token: Option<&str>) -> Result<Option<P>, ServiceError> {
    let place = |token| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token).ok()?).ok();
    let read = |token| place(token).filter(|(known, _): &(String, P)| known == list).map(|(_, place)| place);
    token.map(|token| read(token).ok_or_else(|| invalid("Invalid pagination token"))).transpose()
}

/// At most so many entries, and the token for those that remain. Each comes with its place; what a token is good for is the `list`.
pub(super) fn page<P: Serialize, T>(list: &str, most: usize, rest: impl Iterator<Item = (P, T)>) -> Page<T> {
    let mut rest = rest.peekable();
    let (mut entries, mut last) = (Vec::new(), None);
    while entries.len() < most
        && let Some((place, entry)) = rest.next()
    {
        entries.push(entry);
        last = Some(place);
    }
    let token = rest.peek().and(last).map(|place| {
        let text = json!([list, place]).to_string();
        URL_SAFE_NO_PAD.encode(text)
    });
    Page { entries, token }
}
