//! `AdminDisableProviderForUser`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::admin_link_provider_for_user::{ProviderUser, SUBJECT};
use crate::core::directory::UserPool;
use crate::core::directory::providers::{Identity, is_local};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid, missing_parameter, unsupported, user_not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    user: ProviderUser,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let provider_name = input.user.provider_name.ok_or_else(|| missing_parameter("User.ProviderName"))?;
    let name = input.user.provider_attribute_name.ok_or_else(|| missing_parameter("User.ProviderAttributeName"))?;
    let value = input.user.provider_attribute_value.ok_or_else(|| missing_parameter("User.ProviderAttributeValue"))?;
    if is_local(&provider_name) {
        if name != SUBJECT {
            return Err(invalid(format!("ProviderAttributeName must be {SUBJECT} for a user of the directory")));
        }
        let user = pool.find_mut(&value).ok_or_else(user_not_found)?;
        (user.verifier, user.seed_password, user.modified_ms) = (None, None, context.now_ms);
        return Ok(json!({}));
    }
    let source = pool.provider(&provider_name).map_or(name.as_str(), |provider| provider.source_of(&name)).to_owned();
    let is_meant = |identity: &Identity| {
        let by = identity.attribute.as_deref().unwrap_or(SUBJECT);
        identity.provider_name == provider_name && identity.user_id == value && by == source
    };
    let mut known = pool.with_identity(&provider_name, &value).into_iter();
    let found = known.find(|user| user.identities.iter().any(is_meant)).map(|user| user.username.clone());
    let user = found.and_then(|username| pool.find_mut(&username)).ok_or_else(user_not_found)?;
    if user.identities.iter().any(|identity| is_meant(identity) && identity.primary) {
        // What AWS does with a user who has no other way in is not known.
        return Err(unsupported(
            "AdminDisableProviderForUser for the identity that a user was made by: use AdminDisableUser",
        ));
    }
    user.identities.retain(|identity| !is_meant(identity));
    user.modified_ms = context.now_ms;
    Ok(json!({}))
}
