//! `CreateIdentityProvider`.

use serde_json::{Value, json};

use crate::core::directory::providers::{IdentityProvider, ProviderSettings};
use crate::core::directory::{Group, GroupSettings, UserPool};
use crate::core::service::Context;
use crate::core::services::federation::group_name;
use crate::core::wire::error::{ServiceError, invalid};

/// How many providers a pool may have ("Quotas in Amazon Cognito").
const MOST: usize = 300;

pub(crate) fn run(
    pool: &mut UserPool,
    context: &mut Context<'_>,
    settings: ProviderSettings,
) -> Result<Value, ServiceError> {
    let provider = add(pool, settings, context.now_ms)?;
    Ok(json!({ "IdentityProvider": provider.describe() }))
}

/// Adds a provider to a pool, and the group of those who sign in with it.
///
/// # Errors
/// `InvalidParameterException`, `DuplicateProviderException`, `LimitExceededException`.
pub(crate) fn add(
    pool: &mut UserPool,
    settings: ProviderSettings,
    now_ms: u64,
) -> Result<&IdentityProvider, ServiceError> {
    let settings = settings.checked(&pool.settings)?;
    let name = &settings.provider_name;
    if pool.provider(name).is_some() {
        let text = format!("Identity provider {name} already exists.");
        return Err(ServiceError::new("DuplicateProviderException", text));
    }
    if pool.providers.len() >= MOST {
        return Err(ServiceError::new("LimitExceededException", "The user pool has too many identity providers."));
    }
    check_identifiers(pool, name, &settings.idp_identifiers)?;
    let group = group_name(&pool.id, name);
    if pool.groups.get(&group).is_none() {
        let settings = GroupSettings { group_name: group, description: None, precedence: None, role_arn: None };
        pool.groups.put(Group::new(settings, now_ms));
    }
    let at = pool.providers.len();
    pool.providers.push(IdentityProvider { settings, created_ms: now_ms, modified_ms: now_ms });
    Ok(&pool.providers[at])
}

/// An identifier leads to one provider.
///
/// # Errors
/// `InvalidParameterException`.
pub(crate) fn check_identifiers(pool: &UserPool, own_name: &str, identifiers: &[String]) -> Result<(), ServiceError> {
    let others = pool.providers.iter().filter(|other| other.name() != own_name);
    for other in others {
        if let Some(taken) = identifiers.iter().find(|identifier| other.answers_to(identifier)) {
            return Err(invalid(format!("The identifier {taken} belongs to the identity provider {}", other.name())));
        }
    }
    Ok(())
}
