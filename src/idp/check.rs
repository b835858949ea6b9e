//! Checks of an input's texts, before any request.

use crate::error::{EmptyField, Error, Misuse};
use crate::secret::Secret;

/// A text that must not be empty.
pub(crate) fn required(field: EmptyField, text: &str) -> Result<(), Error> {
    if text.is_empty() { Err(Misuse::Empty(field).into()) } else { Ok(()) }
}

/// A user name as the service takes it: at most 128 characters, no white space or control characters.
pub(crate) fn username(text: &str) -> Result<(), Error> {
    let is_unfit = text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    if is_unfit || text.chars().count() > 128 { Err(Misuse::Username.into()) } else { Ok(()) }
}

/// A password as the service takes it: at most 256 characters. Its policy is the pool's to check.
pub(crate) fn password(text: &str) -> Result<(), Error> {
    if text.chars().count() > 256 { Err(Misuse::PasswordLength.into()) } else { Ok(()) }
}

/// A confirmation code without the blanks that come along when it is copied from a mail.
pub(crate) fn code(text: &str) -> Secret<String> {
    let mut code = Secret::new(String::with_capacity(text.len()));
    text.split_whitespace().for_each(|part| code.push_str(part));
    code
}
