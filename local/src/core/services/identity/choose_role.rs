//! Which role an identity gets (Developer Guide, "Using role-based access control").

use serde_json::Value;

use crate::core::identity_pools::role_mapping::{MappingKind, Resolution, RoleMapping};
use crate::core::identity_pools::{IdentityPool, Login};
use crate::core::wire::error::{ServiceError, not_authorized};

/// The ARN of the role; guests bring no logins.
///
/// # Errors
/// `NotAuthorizedException` where the mapping denies or the wish can't be granted, `InvalidIdentityPoolConfigurationException` where
/// the pool has no role.
pub(super) fn choose(pool: &IdentityPool, logins: &[Login], wish: Option<&str>) -> Result<String, ServiceError> {
    let default = match logins {
        [] => &pool.roles.roles.unauthenticated,
        _ => &pool.roles.roles.authenticated,
    };
    let default = || default.clone().ok_or_else(misconfigured);
    let mapped = logins.iter().find_map(|login| Some((login, pool.roles.role_mappings.get(&login.mapping)?)));
    let Some((login, mapping)) = mapped else {
        return if wish.is_some() { Err(no_such_wish()) } else { default() };
    };
    let found = match mapping.kind {
        MappingKind::Token => by_token(login, wish)?,
        MappingKind::Rules => by_rules(mapping, login, wish)?,
    };
    match (found, mapping.ambiguous_role_resolution) {
        (Some(role), _) => Ok(role),
        (None, Some(Resolution::AuthenticatedRole)) => default(),
        (None, Some(Resolution::Deny) | None) => {
            let provider = &login.mapping;
            Err(not_authorized(format!("The ambiguous role mapping rules for: {provider} denied this request.")))
        }
    }
}

fn by_token(login: &Login, wish: Option<&str>) -> Result<Option<String>, ServiceError> {
    let claims = &login.claims;
    if let Some(wish) = wish {
        let roles = claims.get("cognito:roles").and_then(Value::as_array);
        let granted = roles.is_some_and(|roles| roles.iter().any(|role| role == wish));
        return if granted { Ok(Some(wish.to_owned())) } else { Err(no_such_wish()) };
    }
    Ok(claims.get("cognito:preferred_role").and_then(Value::as_str).map(str::to_owned))
}

fn by_rules(mapping: &RoleMapping, login: &Login, wish: Option<&str>) -> Result<Option<String>, ServiceError> {
    let mut matching = mapping.rules().iter().filter(|rule| rule.matches(&login.claims)).map(|rule| &rule.role_arn);
    match wish {
        None => Ok(matching.next().cloned()),
        Some(wish) => matching.find(|role| *role == wish).cloned().map(Some).ok_or_else(no_such_wish),
    }
}

fn no_such_wish() -> ServiceError {
    not_authorized("CustomRoleArn is not one of the roles of this identity.")
}

pub(super) fn misconfigured() -> ServiceError {
    let text = "Invalid identity pool configuration. Check assigned IAM roles for this pool.";
    ServiceError::new("InvalidIdentityPoolConfigurationException", text)
}
