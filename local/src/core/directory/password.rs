//! The password policy.

use serde::{Deserialize, Serialize};

use crate::core::wire::error::{ServiceError, invalid_password};
use crate::core::world::random::Random;

const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+= ";

/// `PasswordPolicyType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PasswordPolicy {
    minimum_length: usize,
    require_uppercase: bool,
    require_lowercase: bool,
    require_numbers: bool,
    require_symbols: bool,
    pub(crate) temporary_password_validity_days: u64,
    #[serde(skip_serializing_if = "is_zero")]
    password_history_size: usize,
}

fn is_zero(size: &usize) -> bool {
    *size == 0
}

/// "Defaults to 7. If you submit a value of 0, Amazon Cognito treats it as a null value" (`PasswordPolicyType`).
const DEFAULT_VALIDITY_DAYS: u64 = 7;

impl Default for PasswordPolicy {
    /// What a pool has when a policy is given in part: nothing is required but a length.
    fn default() -> Self {
        Self {
            minimum_length: 8,
            require_uppercase: false,
            require_lowercase: false,
            require_numbers: false,
            require_symbols: false,
            temporary_password_validity_days: DEFAULT_VALIDITY_DAYS,
            password_history_size: 0,
        }
    }
}

impl PasswordPolicy {
    /// What a pool has when no policy is given: everything is required.
    pub(crate) fn strict() -> Self {
        let every = true;
        Self {
            require_uppercase: every,
            require_lowercase: every,
            require_numbers: every,
            require_symbols: every,
            ..Self::default()
        }
    }

    /// How many of a user's passwords, the current one included, must differ from a new one.
    pub(super) fn history_size(&self) -> usize {
        self.password_history_size
    }

    /// The days that a temporary password is good for, where the older setting says the same or nothing; `None` where they differ.
    pub(super) fn agreed_validity(&mut self, older: Option<u64>) -> Option<u64> {
        let own = &mut self.temporary_password_validity_days;
        if *own == 0 {
            *own = DEFAULT_VALIDITY_DAYS;
        }
        match older {
            Some(days) if *own == DEFAULT_VALIDITY_DAYS => *own = days,
            Some(days) if days != *own => return None,
            _ => {}
        }
        Some(*own)
    }

    /// The policy in words.
    pub(crate) fn describe(&self) -> String {
        let kinds = [
            (self.require_lowercase, "a lower-case letter"),
            (self.require_uppercase, "an upper-case letter"),
            (self.require_numbers, "a digit"),
            (self.require_symbols, "a symbol"),
        ];
        let with: Vec<&str> = kinds.into_iter().filter(|(required, _)| *required).map(|(_, kind)| kind).collect();
        let length = format!("At least {} characters", self.minimum_length);
        if with.is_empty() { length } else { format!("{length}, with {}", with.join(", ")) }
    }

    /// # Errors
    /// `InvalidPasswordException` with the first reason.
    pub(crate) fn check(&self, password: &str) -> Result<(), ServiceError> {
        let has = |test: fn(char) -> bool| password.chars().any(test);
        let symbol = password.chars().any(|c| SYMBOLS.contains(c));
        // The service model says the same of most passwords, but not of those in `ChallengeResponses`.
        let at_its_ends = password.starts_with(char::is_whitespace) || password.ends_with(char::is_whitespace);
        let rules = [
            (!at_its_ends, "Password must not begin or end with a space"),
            (!has(|c| "\n\r\u{85}\u{2028}\u{2029}".contains(c)), "Password must be a single line"),
            (password.chars().count() >= self.minimum_length, "Password not long enough"),
            (!self.require_lowercase || has(|c| c.is_ascii_lowercase()), "Password must have lowercase characters"),
            (!self.require_uppercase || has(|c| c.is_ascii_uppercase()), "Password must have uppercase characters"),
            (!self.require_numbers || has(|c| c.is_ascii_digit()), "Password must have numeric characters"),
            (!self.require_symbols || symbol, "Password must have symbol characters"),
        ];
        rules.iter().find(|(kept, _)| !kept).map_or(Ok(()), |(_, reason)| Err(invalid_password(reason)))
    }

    /// A temporary password that conforms.
    pub(crate) fn generate(&self, random: &mut Random) -> String {
        let length = self.minimum_length.max(8) - 4;
        let letters = random.text(length, b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789");
        letters
            + &random.text(1, b"ABCDEFGHJKLMNPQRSTUVWXYZ")
            + &random.text(1, b"abcdefghijkmnpqrstuvwxyz")
            + &random.text(1, b"23456789")
            + &random.text(1, b"!?-_#")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_rule_has_its_reason() {
        let strict = PasswordPolicy::strict();
        let reason = |password: &str| strict.check(password).map_err(|error| error.message.into_owned());
        for (password, text) in [
            ("Aa1!", "not long enough"),
            ("AAAAAA1!", "have lowercase"),
            ("aaaaaa1!", "have uppercase"),
            ("aaaaaaA!", "have numeric"),
            ("aaaaaaA1", "have symbol"),
            (" aaaaA1!", "begin or end"),
            ("aaaaA1! ", "begin or end"),
            ("aaaa\nA1!", "single line"),
        ] {
            assert!(reason(password).unwrap_err().contains(text), "{password}");
        }
        assert!(reason("Correct-Horse7!").is_ok() && reason("correct Horse 7").is_ok(), "a space is a symbol");
        assert!(PasswordPolicy::default().check("aaaaaaaa").is_ok());
    }

    proptest! {
        #[test]
        fn generated_passwords_conform(seed in any::<u64>(), minimum_length in 6_usize..=99) {
            let policy = PasswordPolicy { minimum_length, ..PasswordPolicy::strict() };
            let password = policy.generate(&mut Random::new(Some(seed)));
            prop_assert!(policy.check(&password).is_ok());
        }
    }
}
