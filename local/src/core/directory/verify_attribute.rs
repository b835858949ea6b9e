//! Verifying an address of a user who is there.

use super::{Code, CodeAnswer, Limit, UserPool};
use crate::core::wire::error::{ServiceError, alias_exists, code_expired, code_mismatch, user_not_found};

impl UserPool {
    /// Where a code for an attribute goes: to the new address, if there is one that waits for it.
    pub(crate) fn address_to_verify(&self, username: &str, attribute: &str) -> Option<String> {
        let user = self.find(username)?;
        let waiting = user.verifications.get(attribute).and_then(|verification| verification.new_value.clone());
        waiting.or_else(|| user.attributes.get(attribute).cloned())
    }

    /// Remembers the code that is sent for an attribute, in place of the one before.
    pub(crate) fn expect_code(&mut self, username: &str, attribute: &str, code: Code) {
        if let Some(user) = self.find_mut(username) {
            user.verifications.entry(attribute.into()).or_default().code = Some(code);
        }
    }

    /// Verifies an address by the code that was sent to it. A right code is used up.
    ///
    /// # Errors
    /// Those of `VerifyUserAttribute`.
    pub(crate) fn verify_attribute(
        &mut self,
        username: &str,
        attribute: &'static str,
        given: &str,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        user.calls.count(Limit::VerifyUserAttribute, now_ms)?;
        let code = user.verifications.get(attribute).and_then(|verification| verification.code.as_ref());
        match code.ok_or_else(code_expired)?.check(given, now_ms) {
            CodeAnswer::Right => {}
            CodeAnswer::Wrong => return Err(code_mismatch()),
            CodeAnswer::Expired => return Err(code_expired()),
        }
        let value = self.address_to_verify(username, attribute).ok_or_else(code_expired)?;
        let user = self.find(username).ok_or_else(user_not_found)?;
        let taken = self
            .alias_holder(attribute, &value, &user.username)
            .or_else(|| self.username_holder(attribute, &value, &user.username));
        if taken.is_some() {
            return Err(alias_exists(attribute));
        }
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        user.verifications.remove(attribute);
        user.attributes.insert(attribute.into(), value);
        user.attributes.insert(format!("{attribute}_verified"), "true".into());
        user.modified_ms = now_ms;
        Ok(())
    }
}
