//! The table of the challenges: what Cognito sends with each, and what its answer holds.

use super::auth::Challenge;
use crate::error::Error;

/// A row: a challenge with `A` parameters that the kit reads and `R` responses.
#[derive(Debug)]
pub struct ChallengeKind<const A: usize, const R: usize> {
    /// Cognito's name.
    pub name: &'static str,
    /// `ChallengeParameters` that must be there.
    asked: [&'static str; A],
    /// `ChallengeResponses`
    answered: [&'static str; R],
}

/// Proving by SRP that the user knows the password. The kit answers it.
pub static PASSWORD_VERIFIER: ChallengeKind<4, 4> = ChallengeKind {
    name: "PASSWORD_VERIFIER",
    asked: ["USER_ID_FOR_SRP", "SALT", "SRP_B", "SECRET_BLOCK"],
    answered: ["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"],
};

impl<const A: usize, const R: usize> ChallengeKind<A, R> {
    /// The parameters of a challenge, in the row's order.
    ///
    /// # Errors
    /// `invalid_response` if one is missing.
    pub fn parameters<'a>(&self, challenge: &'a Challenge) -> Result<[&'a str; A], Error> {
        let mut found = [""; A];
        for (value, name) in found.iter_mut().zip(self.asked) {
            *value = challenge.parameter(name)?;
        }
        Ok(found)
    }

    /// The responses by their names. `values` are in the row's order.
    pub fn responses<'a>(&self, values: [&'a str; R]) -> [(&'static str, &'a str); R] {
        let mut values = values.into_iter();
        self.answered.map(|name| (name, values.next().unwrap_or_default()))
    }
}
