//! Changing the attributes of a user who is there.

use std::collections::BTreeMap;

use super::attributes::{Attribute, Writer};
use super::verification::{ADDRESSES, Verification};
use super::{PoolSettings, User, UserPool, UserStatus};
use crate::core::wire::error::{ServiceError, alias_exists, invalid, user_not_found};

/// New values; `None` takes the attribute away.
type Changes = BTreeMap<String, Option<String>>;

impl UserPool {
    /// Writes attributes; a blank value takes one away (`UpdateUserAttributes`). Returned are the addresses that have to be verified now,
    /// by attribute: those that have changed, or will change once they are verified.
    ///
    /// # Errors
    /// `InvalidParameterException`, `NotAuthorizedException`, `AliasExistsException`; nothing has changed then.
    pub(crate) fn write_attributes(
        &mut self,
        username: &str,
        writer: Writer<'_>,
        given: Vec<Attribute>,
        now_ms: u64,
    ) -> Result<Vec<&'static str>, ServiceError> {
        let mut changes = self.settings.checked_changes(writer, given)?;
        let user = self.find(username).ok_or_else(user_not_found)?;
        check_flags(user, &changes)?;
        self.check_names(user, &changes)?;

        let (mut unverified, mut waiting, mut settled, mut released) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for name in ADDRESSES {
            let flag = format!("{name}_verified");
            let is_verified = changes.get(&flag).is_some_and(|value| value.as_deref() == Some("true"));
            let held = user.attributes.get(name);
            let change = changes.get(name).cloned();
            // "… has already been supplied as an alias": an administrator moves it (boto3 issue 3213).
            if let Some(value) = change.as_ref().map_or(held, Option::as_ref).filter(|_| is_verified) {
                released.extend(self.alias_holder(name, value, &user.username).map(|holder| (name, holder.to_owned())));
            }
            match change {
                None => {}
                Some(None) => {
                    changes.insert(flag, None);
                    settled.push(name);
                }
                // What does not change needs no other proof.
                Some(Some(value)) if held == Some(&value) => settled.push(name),
                Some(Some(_)) if is_verified => settled.push(name),
                Some(Some(value)) => {
                    settled.push(name);
                    if self.settings.verifies(name) {
                        unverified.push(name);
                    }
                    if self.settings.verifies_before_update(name) {
                        changes.remove(name);
                        waiting.push((name, value));
                    } else {
                        changes.insert(flag, Some("false".into()));
                    }
                }
            }
        }
        for (name, holder) in released {
            self.release_alias(name, &holder);
        }
        let user = self.find_mut(username).ok_or_else(user_not_found)?;
        for name in settled {
            user.verifications.remove(name);
        }
        for (name, value) in waiting {
            user.verifications.insert(name.into(), Verification { new_value: Some(value), code: None });
        }
        for (name, value) in changes {
            match value {
                Some(value) => user.attributes.insert(name, value),
                None => user.attributes.remove(&name),
            };
        }
        user.modified_ms = now_ms;
        Ok(unverified)
    }

    /// Refuses a name that is taken, and to take away the only one.
    fn check_names(&self, user: &User, changes: &Changes) -> Result<(), ServiceError> {
        for name in ADDRESSES.into_iter().chain(["preferred_username"]) {
            let Some(change) = changes.get(name) else { continue };
            let is_username = self.settings.username_attributes.iter().any(|attribute| attribute == name);
            let Some(value) = change else {
                let has_another = || {
                    let others = self.settings.username_attributes.iter().filter(|other| *other != name);
                    others.into_iter().any(|other| user.attributes.contains_key(other))
                };
                let counts =
                    is_username && user.status != UserStatus::ExternalProvider && user.attributes.contains_key(name);
                if counts && !has_another() {
                    return Err(invalid(format!("user.{name}: The user signs in with this attribute.\n")));
                }
                continue;
            };
            let holder = match name {
                "preferred_username" if user.status != UserStatus::Unconfirmed => {
                    self.alias_holder(name, value, &user.username)
                }
                _ => self.username_holder(name, value, &user.username),
            };
            if user.status != UserStatus::ExternalProvider && holder.is_some() {
                return Err(alias_exists(name));
            }
        }
        Ok(())
    }
}

impl PoolSettings {
    fn checked_changes(&self, writer: Writer<'_>, given: Vec<Attribute>) -> Result<Changes, ServiceError> {
        let mut changes = Changes::new();
        for Attribute { name, value } in given {
            let Some(schema) = self.schema().iter().find(|attribute| attribute.name == name) else {
                return Err(invalid(format!("user.{name}: Attribute does not exist in the schema.\n")));
            };
            let is_blank = value.is_empty();
            let is_fixed = !schema.mutable;
            let is_needed = schema.required;
            let checked = if is_blank {
                self.check_writable(writer, &name)?;
                BTreeMap::new()
            } else {
                self.checked_attributes(writer, vec![Attribute { name: name.clone(), value }])?
            };
            if is_fixed {
                return Err(invalid(format!("user.{name}: Attribute cannot be updated.\n")));
            }
            if is_blank && is_needed {
                return Err(invalid(format!("user.{name}: The attribute is required.\n")));
            }
            changes.insert(name.clone(), checked.into_values().next());
        }
        Ok(changes)
    }
}

/// The flags that say whether an address is verified, and what AWS says where there is none.
const FLAGS: [(&str, &str, &str); 2] = [
    ("email", "email_verified", "Email is required to verify/un-verify an email"),
    ("phone_number", "phone_number_verified", "Phone Number is required to verify/un-verify a phone number"),
];

/// Refuses to say of an address that is not there whether it is verified.
fn check_flags(user: &User, changes: &Changes) -> Result<(), ServiceError> {
    let has = |name| changes.get(name).map_or(user.attributes.contains_key(name), Option::is_some);
    let says = |flag| changes.get(flag).is_some_and(Option::is_some);
    FLAGS.into_iter().find(|(name, flag, _)| says(*flag) && !has(*name)).map_or(Ok(()), |(.., text)| Err(invalid(text)))
}

impl User {
    /// Refuses to say of an address that is not there that it is verified.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn check_flags(&self) -> Result<(), ServiceError> {
        let lacks = |name: &str| self.attributes.get(name).is_none_or(String::is_empty);
        let wrong = FLAGS.into_iter().find(|(name, ..)| self.has_verified(name) && lacks(name));
        wrong.map_or(Ok(()), |(.., text)| Err(invalid(text)))
    }
}
