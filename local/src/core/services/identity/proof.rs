//! Whom a request speaks for.

use super::logins::LoginsMap;
use super::{Context, logins};
use crate::core::identity_pools::{IdentityPool, Login, no_match};
use crate::core::wire::error::{ServiceError, not_authorized};

/// Whom the logins of a request prove an identity to be: the id to go on with, which is another one after a merge, and the logins.
///
/// # Errors
/// `ResourceNotFoundException`, `NotAuthorizedException` or `ResourceConflictException`.
pub(super) fn prove(
    context: &mut Context<'_>,
    identity_id: &str,
    logins: &LoginsMap,
) -> Result<(String, Vec<Login>), ServiceError> {
    let logins = verified(context, identity_id, logins)?;
    let pool = context.pools.of_identity(identity_id)?;
    if logins.is_empty() {
        check_guests(pool)?;
        pool.identities.check_guest(identity_id)?;
        return Ok((identity_id.to_owned(), logins));
    }
    let several = pool.settings.developer_provider_name.as_deref();
    let same = || identity_id.to_owned();
    let id = pool.identities.resolve(Some(identity_id), &logins, several, same, context.now_ms)?;
    Ok((id, logins))
}

/// Checks that one of the logins is a login of the identity. Nothing is linked.
///
/// # Errors
/// `ResourceNotFoundException` or `NotAuthorizedException`.
pub(super) fn check(context: &mut Context<'_>, identity_id: &str, logins: &LoginsMap) -> Result<(), ServiceError> {
    let logins = verified(context, identity_id, logins)?;
    let identities = &context.pools.of_identity(identity_id)?.identities;
    let holds = |login: &Login| identities.holder(&login.provider, &login.subject) == Some(identity_id);
    if logins.iter().any(holds) { Ok(()) } else { Err(no_match()) }
}

fn verified(context: &mut Context<'_>, identity_id: &str, logins: &LoginsMap) -> Result<Vec<Login>, ServiceError> {
    let pool_id = context.pools.of_identity(identity_id)?.id.clone();
    context.pools.find(&pool_id).map_or_else(|| Ok(Vec::new()), |pool| logins::verify(context, pool, logins))
}

/// # Errors
/// `NotAuthorizedException` where the pool has no guests.
pub(super) fn check_guests(pool: &IdentityPool) -> Result<(), ServiceError> {
    match pool.settings.allow_unauthenticated_identities {
        true => Ok(()),
        false => Err(not_authorized("Unauthenticated access is not supported for this identity pool.")),
    }
}
