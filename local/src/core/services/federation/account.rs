//! The user behind a person at a provider: found, linked or made ("Linking federated users to an existing user profile").

use std::collections::BTreeMap;

use super::profile::Profile;
use super::refusal::Refusal;
use crate::core::directory::providers::{Identity, IdentityProvider};
use crate::core::directory::{AppClient, Attribute, User, UserPool, UserStatus, Writer};
use crate::core::world::random::Random;

/// The name of the user whom a person is, with the mapped attributes written.
pub(crate) fn sign_in(
    pool: &mut UserPool,
    client: &AppClient,
    provider: &IdentityProvider,
    profile: &Profile,
    random: &mut Random,
    now_ms: u64,
) -> Result<String, Refusal> {
    let mapped = profile.mapped(&provider.settings.attribute_mapping);
    let attributes = checked(pool, client, mapped)?;
    match find(pool, provider, profile) {
        Some(username) => update(pool, &username, provider, profile, attributes, now_ms),
        None => create(pool, provider, profile, attributes, random, now_ms),
    }
}

fn find(pool: &UserPool, provider: &IdentityProvider, profile: &Profile) -> Option<String> {
    // A link is by the subject, or by what a claim of the profile says.
    let known_as = profile.claims.values().filter_map(|value| value.as_str()).chain([profile.subject.as_str()]);
    let mut known = known_as.flat_map(|value| pool.with_identity(provider.name(), value));
    let user = known.find(|user| user.identities.iter().any(|identity| is_same(identity, provider, profile)));
    user.map(|user| user.username.clone())
}

fn is_same(identity: &Identity, provider: &IdentityProvider, profile: &Profile) -> bool {
    let known_as = match &identity.attribute {
        None => Some(profile.subject.as_str()),
        Some(name) => profile.claims.get(name).and_then(|value| value.as_str()),
    };
    identity.provider_name == provider.name() && known_as == Some(identity.user_id.as_str())
}

/// The mapped attributes, if they conform to the schema and the client may write them.
fn checked(
    pool: &UserPool,
    client: &AppClient,
    mapped: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Refusal> {
    // Whether an address is verified is for the provider to say, and no client may write it.
    let unwritable = mapped.keys().find(|name| !name.ends_with("_verified") && !client.may_write(name));
    if let Some(name) = unwritable {
        return Err(Refusal::invalid_request(format!(
            "user.{name}: A client attempted to write unauthorized attribute"
        )));
    }
    let given = mapped.into_iter().map(|(name, value)| Attribute { name, value }).collect();
    pool.settings.checked_attributes(Writer::Admin, given).map_err(|error| Refusal::invalid_request(error.message))
}

fn create(
    pool: &mut UserPool,
    provider: &IdentityProvider,
    profile: &Profile,
    mut attributes: BTreeMap<String, String>,
    random: &mut Random,
    now_ms: u64,
) -> Result<String, Refusal> {
    let required = pool.settings.schema().iter().filter(|attribute| attribute.required && attribute.name != "sub");
    let missing: Vec<&str> =
        required.map(|attribute| attribute.name.as_str()).filter(|name| !attributes.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(Refusal::invalid_request(format!("attributes required: [{}]", missing.join(", "))));
    }
    if attributes.contains_key("email") {
        attributes.entry("email_verified".into()).or_insert_with(|| "false".into());
    }
    let username = format!("{}_{}", provider.name(), profile.subject);
    if pool.find(&username).is_some() {
        return Err(Refusal::invalid_request(format!("Already found an entry for username {username}")));
    }
    let user = User::new(username.clone(), random.uuid(), UserStatus::ExternalProvider, now_ms);
    let identities = vec![Identity { primary: true, ..identity(provider, profile, now_ms) }];
    let groups = vec![group_name(&pool.id, provider.name())];
    pool.add_user(User { attributes, identities, groups, ..user })?;
    Ok(username)
}

fn update(
    pool: &mut UserPool,
    username: &str,
    provider: &IdentityProvider,
    profile: &Profile,
    attributes: BTreeMap<String, String>,
    now_ms: u64,
) -> Result<String, Refusal> {
    let fixed = pool.settings.schema().iter().find(|schema| !schema.mutable && attributes.contains_key(&schema.name));
    if let Some(schema) = fixed {
        return Err(Refusal::invalid_request(format!("user.{}: Attribute cannot be updated.\n", schema.name)));
    }
    let Some(user) = pool.find_mut(username) else { return Err(Refusal::new("server_error", "The user is gone")) };
    if !user.enabled {
        return Err(Refusal::new("access_denied", "User is disabled."));
    }
    if let Some(known) = user.identities.iter_mut().find(|identity| is_same(identity, provider, profile)) {
        // From now on the subject counts, whatever the link was made by.
        (known.attribute, known.user_id, known.issuer) = (None, profile.subject.clone(), profile.issuer.clone());
    }
    let address_changed = |name: &str| attributes.get(name).is_some_and(|new| user.attributes.get(name) != Some(new));
    let unverified: Vec<String> = ["email", "phone_number"]
        .into_iter()
        .filter(|name| address_changed(name))
        .map(|name| format!("{name}_verified"))
        .collect();
    for flag in unverified {
        user.attributes.insert(flag, "false".into());
    }
    if attributes.iter().any(|(name, value)| user.attributes.get(name) != Some(value)) {
        user.modified_ms = now_ms;
    }
    user.attributes.extend(attributes);
    Ok(user.username.clone())
}

fn identity(provider: &IdentityProvider, profile: &Profile, now_ms: u64) -> Identity {
    Identity {
        provider_name: provider.name().into(),
        provider_kind: provider.kind(),
        user_id: profile.subject.clone(),
        attribute: None,
        issuer: profile.issuer.clone(),
        primary: false,
        created_ms: now_ms,
    }
}

/// The group that a provider brings with it: its own users are in it, linked ones are not ("Adding groups to a user pool").
pub(crate) fn group_name(pool_id: &str, provider_name: &str) -> String {
    format!("{pool_id}_{provider_name}")
}
