//! Finding users by name and alias, and keeping names unique.

use super::attributes::{is_email, is_phone_number};
use super::user_entries::{By, alias_in_force, identity_value};
use super::{PoolSettings, User, UserPool, UserStatus};
use crate::core::wire::error::{ServiceError, attribute_taken, invalid, username_exists};

impl PoolSettings {
    /// The form in which user names are compared.
    pub(crate) fn user_key(&self, username: &str) -> String {
        if self.is_case_sensitive() { username.to_owned() } else { username.to_lowercase() }
    }

    /// The attribute that a sign-up user name is a value of, in pools where e-mail addresses or phone numbers are user names.
    ///
    /// # Errors
    /// `InvalidParameterException` when the name has not the form that the pool asks for.
    pub(crate) fn username_attribute(&self, username: &str) -> Result<Option<&'static str>, ServiceError> {
        let takes = |attributes: &[String], name: &str| attributes.iter().any(|attribute| attribute == name);
        let (email, phone) =
            (takes(&self.username_attributes, "email"), takes(&self.username_attributes, "phone_number"));
        match (email, phone) {
            (true, _) if is_email(username) => Ok(Some("email")),
            (_, true) if is_phone_number(username) => Ok(Some("phone_number")),
            (true, true) => Err(invalid("Username should be either an email or a phone number.")),
            (true, false) => Err(invalid("Username should be an email.")),
            (false, true) => Err(invalid("Username should be a phone number.")),
            (false, false) if takes(&self.alias_attributes, "email") && is_email(username) => {
                Err(invalid("Username cannot be of email format, since user pool is configured for email alias."))
            }
            (false, false) if takes(&self.alias_attributes, "phone_number") && is_phone_number(username) => {
                Err(invalid(
                    "Username cannot be of phone number format, since user pool is configured for phone number alias.",
                ))
            }
            (false, false) => Ok(None),
        }
    }
}
impl UserPool {
    /// The user whom a sign-in name means: by user name, by an alias that is in force, or by the `sub` of a local user
    /// (`AdminGetUserRequest`, "Username").
    pub(crate) fn find(&self, login: &str) -> Option<&User> {
        let key = self.settings.user_key(login);
        let with = |by, value: &str| self.users.with(&self.settings, by, value).into_iter();
        let is_local = |user: &&User| user.status != UserStatus::ExternalProvider;
        let by_name = self.users.get(&key);
        by_name.or_else(|| with(By::Login, &key).next()).or_else(|| with(By::Sub, login).find(is_local))
    }

    /// As [`Self::find`], to change.
    pub(crate) fn find_mut(&mut self, login: &str) -> Option<&mut User> {
        let key = self.settings.user_key(&self.find(login)?.username);
        self.users.get_mut(&self.settings, &key)
    }

    /// All users, in the order of their names.
    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.iter()
    }

    pub(crate) fn count_users(&self) -> usize {
        self.users.len()
    }

    /// The users who are known to a provider by this, which is a subject or the value of the attribute that they are linked by.
    pub(crate) fn with_identity(&self, provider: &str, user_id: &str) -> Vec<&User> {
        self.users.with(&self.settings, By::Identity, &identity_value(provider, user_id))
    }

    /// Adds a user.
    ///
    /// # Errors
    /// `UsernameExistsException`.
    pub(crate) fn add_user(&mut self, user: User) -> Result<(), ServiceError> {
        self.check_free(&user)?;
        self.users.insert(&self.settings, user);
        Ok(())
    }

    /// Checks that a new user could be added.
    ///
    /// # Errors
    /// `UsernameExistsException`.
    pub(crate) fn check_free(&self, user: &User) -> Result<(), ServiceError> {
        let key = self.settings.user_key(&user.username);
        let is_sub = || !self.users.with(&self.settings, By::Sub, &user.username).is_empty();
        if self.users.get(&key).is_some() || is_sub() {
            return Err(username_exists("User already exists"));
        }
        if user.status != UserStatus::ExternalProvider {
            for attribute in &self.settings.username_attributes {
                let value = user.attributes.get(attribute);
                if value.is_some_and(|value| self.username_holder(attribute, value, &user.username).is_some()) {
                    return Err(attribute_taken(attribute));
                }
            }
        }
        Ok(())
    }

    /// Takes a user out of the pool, and all that is kept under the name, which another may have next.
    pub(crate) fn remove_user(&mut self, username: &str) {
        let key = self.settings.user_key(username);
        let Some(user) = self.users.remove(&self.settings, &key) else { return };
        self.sessions.forget_user(&user.username);
        self.codes.forget_user(&user.username);
        self.grants.forget_user(&user.username);
        self.forget_sso(&user.username);
        self.forget_attempts(&key);
    }

    /// The other user who holds an alias, were it to come into force for this one.
    pub(crate) fn alias_holder(&self, attribute: &str, value: &str, except: &str) -> Option<&str> {
        let is_alias = self.settings.alias_attributes.iter().any(|alias| alias == attribute);
        let holds = |user: &&User| alias_in_force(user, attribute);
        self.holders(attribute, value, except).filter(|_| is_alias).find(holds).map(|user| user.username.as_str())
    }

    /// The other user who has this address, in pools where it is a user name.
    pub(crate) fn username_holder(&self, attribute: &str, value: &str, except: &str) -> Option<&str> {
        let is_name = self.settings.username_attributes.iter().any(|name| name == attribute);
        let holds = |user: &&User| user.status != UserStatus::ExternalProvider;
        self.holders(attribute, value, except).filter(|_| is_name).find(holds).map(|user| user.username.as_str())
    }

    /// The other users who sign in with a value, and have it in this attribute.
    fn holders(&self, attribute: &str, value: &str, except: &str) -> impl Iterator<Item = &User> {
        let key = self.settings.user_key(value);
        let mut users = self.users.with(&self.settings, By::Login, &key);
        users.retain(|user| {
            let held = user.attributes.get(attribute);
            user.username != except && held.is_some_and(|held| self.settings.user_key(held) == key)
        });
        users.into_iter()
    }

    /// Takes an alias away from a user, as `ForceAliasCreation` does.
    pub(crate) fn release_alias(&mut self, attribute: &str, username: &str) {
        if let Some(user) = self.find_mut(username) {
            match attribute {
                "preferred_username" => user.attributes.remove(attribute),
                _ => user.attributes.insert(format!("{attribute}_verified"), "false".into()),
            };
        }
    }
}
