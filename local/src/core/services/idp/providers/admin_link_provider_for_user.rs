//! `AdminLinkProviderForUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::UserPool;
use crate::core::directory::providers::{Identity, ProviderKind, is_local};
use crate::core::service::Context;
use crate::core::wire::error::{
    ServiceError, alias_exists, invalid, missing_parameter, provider_not_found, user_not_found,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    destination_user: ProviderUser,
    source_user: ProviderUser,
}

/// `ProviderUserIdentifierType`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ProviderUser {
    pub(super) provider_name: Option<String>,
    pub(super) provider_attribute_name: Option<String>,
    pub(super) provider_attribute_value: Option<String>,
}

/// The attribute name that means the provider's own id of a person.
pub(super) const SUBJECT: &str = "Cognito_Subject";

/// How many providers one user may be linked to.
const MOST: usize = 5;

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let username = destination(pool, &input.destination_user)?;
    let source = input.source_user;
    let provider_name = source.provider_name.ok_or_else(|| missing_parameter("SourceUser.ProviderName"))?;
    let name = source.provider_attribute_name.ok_or_else(|| missing_parameter("SourceUser.ProviderAttributeName"))?;
    let user_id = source.provider_attribute_value.filter(|value| !value.is_empty());
    let user_id = user_id.ok_or_else(|| missing_parameter("SourceUser.ProviderAttributeValue"))?;
    if is_local(&provider_name) {
        return Err(invalid("SourceUser must be a user of an external identity provider"));
    }
    let provider = pool.provider(&provider_name).ok_or_else(|| provider_not_found(&provider_name))?;
    let kind = provider.kind();
    let attribute = (name != SUBJECT).then(|| provider.source_of(&name).to_owned());
    if attribute.is_some() && !matches!(kind, ProviderKind::Oidc | ProviderKind::Saml) {
        return Err(invalid(format!("ProviderAttributeName must be {SUBJECT} for a social identity provider")));
    }
    let same = |identity: &Identity| {
        identity.provider_name == provider_name && identity.user_id == user_id && identity.attribute == attribute
    };
    let mut known = pool.with_identity(&provider_name, &user_id).into_iter();
    if let Some(holder) = known.find(|user| user.identities.iter().any(same)) {
        let merging =
            "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link";
        return Err(if holder.username == username { alias_exists("SourceUser") } else { invalid(merging) });
    }
    let user = pool.find_mut(&username).ok_or_else(user_not_found)?;
    if user.identities.iter().filter(|identity| !identity.primary).count() >= MOST {
        return Err(ServiceError::new("LimitExceededException", "A user can be linked to at most 5 identities."));
    }
    user.identities.push(Identity {
        provider_name,
        provider_kind: kind,
        user_id,
        attribute,
        issuer: None,
        primary: false,
        created_ms: context.now_ms,
    });
    user.modified_ms = context.now_ms;
    Ok(json!({}))
}

/// A directory user by name, or one of a provider by subject.
fn destination(pool: &UserPool, destination: &ProviderUser) -> Result<String, ServiceError> {
    let provider =
        destination.provider_name.as_deref().ok_or_else(|| missing_parameter("DestinationUser.ProviderName"))?;
    let value = destination.provider_attribute_value.as_deref();
    let value = value.ok_or_else(|| missing_parameter("DestinationUser.ProviderAttributeValue"))?;
    let found = if is_local(provider) {
        pool.find(value)
    } else {
        let is_theirs =
            |identity: &Identity| identity.primary && identity.provider_name == provider && identity.user_id == value;
        pool.with_identity(provider, value).into_iter().find(|user| user.identities.iter().any(is_theirs))
    };
    found.map(|user| user.username.clone()).ok_or_else(user_not_found)
}
