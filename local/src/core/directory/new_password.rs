//! Putting another password in place of the one that there was.

use super::{AppClient, Attribute, User, UserPool, UserStatus, Writer};
use crate::core::srp::Verifier;
use crate::core::wire::error::{ServiceError, invalid, not_authorized, user_disabled, user_not_found};

impl UserPool {
    /// Puts a password of the user's own in place of a temporary one, and adds the required attributes that were missing.
    ///
    /// # Errors
    /// `InvalidPasswordException`, and the refusals of attributes; nothing has changed then.
    pub(crate) fn replace_temporary_password(
        &mut self,
        client: &AppClient,
        username: &str,
        password: &str,
        given: Vec<Attribute>,
        salt: [u8; 16],
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        self.settings.password_policy().check(password)?;
        let attributes = self.settings.checked_attributes(Writer::Client(client), given)?;
        let user = self.find(username).ok_or_else(user_not_found)?;
        if !user.enabled {
            return Err(user_disabled());
        }
        if let Some(name) = self.missing_attributes(user).find(|name| !attributes.contains_key(*name)) {
            return Err(invalid(format!("Invalid attributes given, {name} is missing")));
        }
        if attributes.keys().any(|name| self.settings.is_required(name) && user.attributes.contains_key(name)) {
            return Err(not_authorized("Cannot modify an already provided required attribute"));
        }
        self.set_password(username, password, UserStatus::Confirmed, salt, now_ms)?;
        self.find_mut(username).ok_or_else(user_not_found)?.attributes.extend(attributes);
        Ok(())
    }

    /// The required attributes that a user lacks.
    pub(crate) fn missing_attributes<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a str> {
        let required = self.settings.schema().iter().filter(|attribute| attribute.required && attribute.name != "sub");
        required.map(|attribute| attribute.name.as_str()).filter(|name| !user.attributes.contains_key(*name))
    }

    /// Puts another password in place of the one that there was, and forgets the failures and the code for a forgotten one.
    ///
    /// # Errors
    /// `InvalidPasswordException`, `PasswordHistoryPolicyViolationException`, `UserNotFoundException`.
    pub(crate) fn set_password(
        &mut self,
        username: &str,
        password: &str,
        status: UserStatus,
        salt: [u8; 16],
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let user = self.find(username).ok_or_else(user_not_found)?;
        self.settings.password_policy().check(password)?;
        self.check_history(user, password)?;
        let username = user.username.clone();
        let verifier = Verifier::new(self.name(), &username, password, salt);
        self.forgive(&username);
        self.recovery(&username).code = None;
        self.find_mut(&username).ok_or_else(user_not_found)?.set_password(verifier, status, now_ms);
        Ok(())
    }

    /// "Users can't set a password that matches any of n previous passwords, where n is the value of PasswordHistorySize"
    /// (`PasswordPolicyType`). The current one counts.
    fn check_history(&self, user: &User, password: &str) -> Result<(), ServiceError> {
        let mut previous = user.passwords().take(self.settings.password_policy().history_size());
        if previous.any(|verifier| verifier.matches(self.name(), &user.username, password)) {
            let text = "Password has previously been used";
            return Err(ServiceError::new("PasswordHistoryPolicyViolationException", text));
        }
        Ok(())
    }
}
