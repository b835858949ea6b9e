//! Long lists in pages: the token is the last id that was shown.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::error::{ServiceError, invalid};

/// One page of a list.
pub(crate) struct Page<T> {
    pub(crate) entries: Vec<T>,
    /// What leads to the entries that remain.
    pub(crate) token: Option<String>,
}

/// The entries after a token, at most so many. Entries come ordered by id.
///
/// # Errors
/// `InvalidParameterException` for a token that was never given out.
pub(crate) fn page<'a, T>(
    entries: impl Iterator<Item = (&'a str, T)>,
    most: usize,
    token: Option<&str>,
) -> Result<Page<T>, ServiceError> {
    let read = |token| URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let after = token.map(|token| read(token).ok_or_else(|| invalid("Invalid pagination token"))).transpose()?;
    let mut rest = entries.filter(|(id, _)| after.as_deref().is_none_or(|after| *id > after)).peekable();
    let (mut shown, mut last) = (Vec::new(), "");
    while shown.len() < most
        && let Some((id, entry)) = rest.next()
    {
        shown.push(entry);
        last = id;
    }
    let token = rest.peek().map(|_| URL_SAFE_NO_PAD.encode(last));
    Ok(Page { entries: shown, token })
}

impl Page<Value> {
    /// A reply with the entries under that name, and `NextToken` if there are more.
    pub(crate) fn reply(self, name: &str) -> Value {
        let mut reply = json!({ name: self.entries });
        if let Some(token) = self.token {
            reply["NextToken"] = json!(token);
        }
        reply
    }
}
