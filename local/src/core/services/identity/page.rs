//! Long lists in pages: the token is the last id that was shown.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::core::wire::error::{ServiceError, invalid};

/// The entries after a token, at most so many, and the token for those that remain. Entries come ordered by id.
///
/// # Errors
/// `InvalidParameterException` for a token that was never given out.
pub(super) fn page<'a, T>(
    entries: impl Iterator<Item = (&'a str, T)>,
    most: usize,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), ServiceError> {
    let after = token.map(|token| {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok();
        bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| invalid("NextToken is not one of this list."))
    });
    let after = after.transpose()?;
    let mut rest = entries.filter(|(id, _)| after.as_deref().is_none_or(|after| *id > after)).peekable();
    let (mut shown, mut last) = (Vec::new(), "");
    while shown.len() < most
        && let Some((id, entry)) = rest.next()
    {
        shown.push(entry);
        last = id;
    }
    let token = rest.peek().map(|_| URL_SAFE_NO_PAD.encode(last));
    Ok((shown, token))
}
