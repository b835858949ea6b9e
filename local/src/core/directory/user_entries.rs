//! What a user can be found by.

use std::borrow::Cow;

use super::{PoolSettings, User, UserStatus};

/// The kinds of entries in the index of users.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum By {
    /// A searchable attribute; where case does not count, in lower case.
    Attribute(&'static str),
    /// The name of a group that the user is in.
    Group,
    /// As [`identity_value`].
    Identity,
    /// What the user signs in with beside the user name, as [`PoolSettings::user_key`].
    Login,
    Sub,
}

/// What `ListUsers` can search by (`ListUsersRequest`, "Filter").
const SEARCHABLE: [&str; 10] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
];

/// The searchable attribute of a name.
pub(super) fn searchable(name: &str) -> Option<&'static str> {
    SEARCHABLE.into_iter().find(|known| *known == name)
}

/// The form in which values of a searchable attribute are compared: "username (case-sensitive) … status (case-sensitive)"
/// (`ListUsersRequest`, "Filter").
pub(super) fn folded(attribute: &str, value: &str) -> String {
    if matches!(attribute, "username" | "status") { value.to_owned() } else { value.to_lowercase() }
}

/// One text for a provider and what a user is called there.
pub(super) fn identity_value(provider: &str, user_id: &str) -> String {
    format!("{provider}\n{user_id}")
}

/// Everything that a user can be found by.
pub(super) fn entries<'a>(
    settings: &'a PoolSettings,
    user: &'a User,
) -> impl Iterator<Item = (By, Cow<'a, str>)> + use<'a> {
    let searched = SEARCHABLE.into_iter().filter_map(|attribute| {
        let value = match attribute {
            "username" => &user.username,
            "sub" => &user.sub,
            "cognito:user_status" => user.status.name(),
            "status" if user.enabled => "Enabled",
            "status" => "Disabled",
            name => user.attributes.get(name)?,
        };
        Some((By::Attribute(attribute), folded(attribute, value).into()))
    });
    let groups = user.groups.iter().map(|group| (By::Group, group.as_str().into()));
    let identity = |identity: &'a super::providers::Identity| {
        (By::Identity, identity_value(&identity.provider_name, &identity.user_id).into())
    };
    let identities = user.identities.iter().map(identity);
    let logins = logins(settings, user).map(|value| (By::Login, settings.user_key(value).into()));
    searched.chain(groups).chain(identities).chain(logins).chain([(By::Sub, user.sub.as_str().into())])
}

/// The aliases that are in force, and the addresses that are user names.
fn logins<'a>(settings: &'a PoolSettings, user: &'a User) -> impl Iterator<Item = &'a String> {
    let aliases = settings.alias_attributes.iter().filter(|attribute| alias_in_force(user, attribute));
    let addresses = settings.username_attributes.iter().filter(|_| user.status != UserStatus::ExternalProvider);
    aliases.chain(addresses).filter_map(|attribute| user.attributes.get(attribute))
}

pub(super) fn alias_in_force(user: &User, attribute: &str) -> bool {
    match attribute {
        // Nobody signs in by typing the address that a provider told.
        _ if user.status == UserStatus::ExternalProvider => false,
        "preferred_username" => user.status != UserStatus::Unconfirmed,
        _ => user.has_verified(attribute),
    }
}
