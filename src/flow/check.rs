//! Input checks that come before any request.

use crate::error::{EmptyField, Error, Misuse};
use crate::secret::Secret;

/// A user name as the service takes it: 1 to 128 characters, no white space or control characters.
pub(super) fn username(field: EmptyField, username: &str) -> Result<(), Error> {
    if username.is_empty() {
        return Err(Misuse::Empty(field).into());
    }
    let unfit = username.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    if unfit || username.chars().count() > 128 {
        return Err(Misuse::Username.into());
    }
    Ok(())
}

/// A password as the service takes it: 1 to 256 characters. Its policy is the pool's to check.
pub(super) fn password(field: EmptyField, password: &Secret<String>) -> Result<(), Error> {
    match password.expose_secret().chars().count() {
        0 => Err(Misuse::Empty(field).into()),
        1..=256 => Ok(()),
        _ => Err(Misuse::PasswordLength.into()),
    }
}

/// A confirmation code without the blanks that come along when it is copied from a mail.
pub(super) fn code(field: EmptyField, code: &Secret<String>) -> Result<Secret<String>, Error> {
    let digits: String = code.expose_secret().chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.is_empty() {
        return Err(Misuse::Empty(field).into());
    }
    Ok(digits.into())
}
