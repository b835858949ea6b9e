//! The user behind a person at a provider: found, linked or made ("Linking federated users to an existing user profile").

use std::collections::BTreeMap;

use super::profile::Profile;
use super::refusal::Refusal;
use crate::core::directory::providers::{Identity, IdentityProvider};
use crate::core::directory::{AppClient, Attribute, User, UserPool, UserStatus, Writer};
use crate::core::service::Context;
use crate::core::services::triggers::{self, Confirmed, Inbound, Newcomer};

/// The name of the user whom a person is, with the mapped attributes written.
pub(crate) fn sign_in(
    pool: &mut UserPool,
    client: &AppClient,
    provider: &IdentityProvider,
    profile: &Profile,
    context: &mut Context<'_>,
) -> Result<String, Refusal> {
    let known = find(pool, provider, profile);
    let inbound = Inbound {
        provider_name: provider.name(),
        provider_type: provider.kind().name(),
        username: &known.clone().unwrap_or_else(|| new_name(provider, profile)),
        attributes: &profile.said,
    };
    let mapped = match triggers::inbound_federation(pool, &inbound, context)? {
        Some(instead) => Profile::mapped_from(&instead, &provider.settings.attribute_mapping),
        None => profile.mapped(&provider.settings.attribute_mapping),
    };
    let attributes = checked(pool, client, mapped)?;
    let Some(username) = known else { return create(pool, provider, profile, attributes, context) };
    triggers::pre_authentication(pool, client, &username, context)?;
    let username = update(pool, &username, provider, profile, attributes, context.now_ms)?;
    if let Some(user) = pool.find(&username) {
        triggers::post_authentication(pool, user, None, context)?;
    }
    Ok(username)
}

fn new_name(provider: &IdentityProvider, profile: &Profile) -> String {
    format!("{}_{}", provider.name(), profile.subject)
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
    context: &mut Context<'_>,
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
    let username = new_name(provider, profile);
    if pool.find(&username).is_some() {
        return Err(Refusal::invalid_request(format!("Already found an entry for username {username}")));
    }
    triggers::pre_sign_up(pool, Newcomer::ExternalProvider, &username, &attributes, context)?;
    let now_ms = context.now_ms;
    let user = User::new(username.clone(), context.random.uuid(), UserStatus::ExternalProvider, now_ms);
    let identities = vec![Identity { primary: true, ..identity(provider, profile, now_ms) }];
    let groups = vec![group_name(&pool.id, provider.name())];
    pool.add_user(User { attributes, identities, groups, ..user })?;
    triggers::post_confirmation(pool, Confirmed::SignUp, &username, context)?;
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
