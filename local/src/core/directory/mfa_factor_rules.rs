//! Whether a user has a second factor.

use super::User;
use super::mfa_factor::MfaFactor;

impl MfaFactor {
    /// Whether a user could be asked for it.
    pub(crate) fn is_set_up(self, user: &User) -> bool {
        match self.attribute() {
            None => user.totp.is_set_up(),
            Some(attribute) => user.attributes.get(attribute).is_some_and(|address| !address.is_empty()),
        }
    }
}
