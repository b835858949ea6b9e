//! Confirmation codes and the limits on asking and trying.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::core::wire::error::{ServiceError, limit_exceeded};

const HOUR_MS: u64 = 3600 * 1000;

/// How long the codes of sign-ups live.
pub(crate) const SIGN_UP_CODE_MS: u64 = 24 * HOUR_MS;
/// How long the codes for changed addresses live.
pub(crate) const ATTRIBUTE_CODE_MS: u64 = 24 * HOUR_MS;
/// How long the codes for forgotten passwords live.
pub(crate) const RESET_CODE_MS: u64 = HOUR_MS;

/// A code that was sent, and what it verifies.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Code {
    text: String,
    expires_ms: u64,
    /// The attribute that the code was sent to.
    pub(crate) attribute: String,
}

/// What a given code is.
#[derive(Debug, PartialEq)]
pub(crate) enum CodeAnswer {
    Expired,
    Right,
    Wrong,
}

impl Code {
    pub(crate) fn new(text: String, attribute: &str, life_ms: u64, now_ms: u64) -> Self {
        Self { text, attribute: attribute.into(), expires_ms: now_ms.saturating_add(life_ms) }
    }

    pub(crate) fn check(&self, given: &str, now_ms: u64) -> CodeAnswer {
        match (now_ms < self.expires_ms, self.text == given) {
            (false, _) => CodeAnswer::Expired,
            (true, true) => CodeAnswer::Right,
            (true, false) => CodeAnswer::Wrong,
        }
    }
}

/// An operation that a user may call only so often in an hour (Developer Guide, "Quotas in Amazon Cognito").
#[derive(Clone, Copy, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) enum Limit {
    ChangePassword,
    ConfirmForgotPassword,
    ConfirmSignUp,
    ForgotPassword,
    GetUserAttributeVerificationCode,
    ResendConfirmationCode,
    VerifyUserAttribute,
}

impl Limit {
    fn per_hour(self) -> usize {
        match self {
            Self::ConfirmSignUp | Self::VerifyUserAttribute => 15,
            // AWS allows 5 to 20 for forgotten passwords, as it judges the risk: apps must cope with the fewest.
            Self::ChangePassword
            | Self::ConfirmForgotPassword
            | Self::ForgotPassword
            | Self::GetUserAttributeVerificationCode
            | Self::ResendConfirmationCode => 5,
        }
    }
}

/// When a user called the limited operations.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Calls(BTreeMap<Limit, Vec<u64>>);

impl Calls {
    /// Counts a call.
    ///
    /// # Errors
    /// `LimitExceededException`; such a call is not counted.
    pub(crate) fn count(&mut self, limit: Limit, now_ms: u64) -> Result<(), ServiceError> {
        let calls = self.0.entry(limit).or_default();
        calls.retain(|at| now_ms < at.saturating_add(HOUR_MS));
        if calls.len() >= limit.per_hour() {
            return Err(limit_exceeded());
        }
        calls.push(now_ms);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_lives_as_long_as_it_was_given() {
        let code = Code::new("123456".into(), "email", SIGN_UP_CODE_MS, 0);
        assert_eq!(code.check("123456", SIGN_UP_CODE_MS - 1), CodeAnswer::Right);
        assert_eq!(code.check("123457", SIGN_UP_CODE_MS - 1), CodeAnswer::Wrong);
        assert_eq!(code.check("123456", SIGN_UP_CODE_MS), CodeAnswer::Expired);
    }

    #[test]
    fn limits_are_for_any_hour() {
        let mut calls = Calls::default();
        for minute in 0..5 {
            calls.count(Limit::ResendConfirmationCode, minute * 60_000).unwrap();
        }
        assert!(calls.count(Limit::ResendConfirmationCode, HOUR_MS - 1).is_err());
        assert!(calls.count(Limit::ConfirmSignUp, HOUR_MS - 1).is_ok());
        assert!(calls.count(Limit::ResendConfirmationCode, HOUR_MS).is_ok());
        assert!(calls.count(Limit::ResendConfirmationCode, HOUR_MS + 1).is_err());
    }
}
