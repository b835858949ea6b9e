//! Finding users by name and alias, and keeping names unique.

use super::attributes::{is_email, is_phone_number};
use super::{PoolSettings, User, UserPool, UserStatus};
use crate::core::wire::error::{ServiceError, attribute_taken, invalid, username_exists};

impl PoolSettings {
    /// The form in which user names are compared.
    pub(crate) fn user_key(&self, username: &str) -> String {
        if self.is_case_sensitive() { username.to_owned() } else { username.to_lowercase() }
    }

    fn same(&self, left: &str, right: &str) -> bool {
        self.user_key(left) == self.user_key(right)
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
        let has_sub = |user: &&User| user.sub == login && user.status != UserStatus::ExternalProvider;
        let by_name = self.users.get(&self.settings.user_key(login));
        let by_alias = || self.users.values().find(|user| self.answers_to(user, login));
        by_name.or_else(by_alias).or_else(|| self.users.values().find(has_sub))
    }

    /// As [`Self::find`], to change.
    pub(crate) fn find_mut(&mut self, login: &str) -> Option<&mut User> {
        let key = self.settings.user_key(&self.find(login)?.username);
        self.users.get_mut(&key)
    }

    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    /// Adds a user.
    ///
    /// # Errors
    /// `UsernameExistsException`.
    pub(crate) fn add_user(&mut self, user: User) -> Result<(), ServiceError> {
        let key = self.settings.user_key(&user.username);
        if self.users.contains_key(&key) || self.users.values().any(|other| other.sub == user.username) {
            return Err(username_exists("User already exists"));
        }
        for attribute in &self.settings.username_attributes {
            let taken = |value: &String| {
                self.users
                    .values()
                    .filter(|other| other.status != UserStatus::ExternalProvider)
                    .any(|other| other.attributes.get(attribute).is_some_and(|held| self.settings.same(held, value)))
            };
            let counts = user.status != UserStatus::ExternalProvider;
            if counts && user.attributes.get(attribute).is_some_and(taken) {
                return Err(attribute_taken(attribute));
            }
        }
        self.users.insert(key, user);
        Ok(())
    }

    /// The other user who holds an alias, were it to come into force for this one.
    pub(crate) fn alias_holder(&self, attribute: &str, value: &str, except: &str) -> Option<&str> {
        if !self.settings.alias_attributes.iter().any(|alias| alias == attribute) {
            return None;
        }
        let holder = self.users.values().find(|user| {
            user.username != except
                && alias_in_force(user, attribute)
                && user.attributes.get(attribute).is_some_and(|held| self.settings.same(held, value))
        });
        holder.map(|user| user.username.as_str())
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

    fn answers_to(&self, user: &User, login: &str) -> bool {
        let holds =
            |attribute: &String| user.attributes.get(attribute).is_some_and(|value| self.settings.same(value, login));
        let username_attributes =
            self.settings.username_attributes.iter().filter(|_| user.status != UserStatus::ExternalProvider);
        let aliases = self.settings.alias_attributes.iter().filter(|attribute| alias_in_force(user, attribute));
        aliases.chain(username_attributes).any(holds)
    }
}

fn alias_in_force(user: &User, attribute: &str) -> bool {
    match attribute {
        // Nobody signs in by typing the address that a provider told.
        _ if user.status == UserStatus::ExternalProvider => false,
        "preferred_username" => user.status != UserStatus::Unconfirmed,
        _ => user.has_verified(attribute),
    }
}
