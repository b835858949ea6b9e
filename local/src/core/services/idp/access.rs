//! Operations that an access token authorises.

use super::Context;
use crate::core::directory::{API_SCOPE, Grant, OAuthGrant, Pools, User, UserPool, UserStatus};
use crate::core::wire::error::{
    ServiceError, invalid_access_token, not_authorized, reset_required, user_disabled, user_not_found,
};
use crate::core::world::tokens::{Role, decode, unchecked_claims};

/// Whom an access token speaks for.
pub(crate) struct Bearer<'a> {
    pub(crate) pool: &'a mut UserPool,
    /// The internal user name.
    pub(crate) username: String,
    pub(crate) client_id: String,
    /// Of the sign-in that the token comes from.
    pub(crate) event_id: String,
    /// What was granted; `None` for a sign-in by the API.
    pub(crate) oauth: Option<OAuthGrant>,
}

impl Bearer<'_> {
    /// Refuses a user whom an administrator has asked to choose another password.
    ///
    /// # Errors
    /// `PasswordResetRequiredException`.
    pub(crate) fn check_status(&self) -> Result<(), ServiceError> {
        let status = self.pool.find(&self.username).map(|user| user.status);
        if status == Some(UserStatus::ResetRequired) { Err(reset_required()) } else { Ok(()) }
    }

    /// The user of the token.
    ///
    /// # Errors
    /// `PasswordResetRequiredException` for a user whom an administrator has asked to choose another password.
    pub(crate) fn user(&self) -> Result<&User, ServiceError> {
        let user = self.pool.find(&self.username).ok_or_else(user_not_found)?;
        if user.status == UserStatus::ResetRequired { Err(reset_required()) } else { Ok(user) }
    }
}

/// Checks everything that [`holder`] checks, and that the token is good for the API.
///
/// # Errors
/// `NotAuthorizedException`, or `UserNotFoundException` when the user is gone.
pub(crate) fn bearer<'a>(pools: &'a mut Pools, token: &str, context: &Context<'_>) -> Result<Bearer<'a>, ServiceError> {
    holder(pools, token, API_SCOPE, context)
}

/// Checks signature, issuer, kind, expiry, revocation, user and scope.
///
/// # Errors
/// As [`bearer`].
pub(crate) fn holder<'a>(
    pools: &'a mut Pools,
    token: &str,
    scope: &str,
    context: &Context<'_>,
) -> Result<Bearer<'a>, ServiceError> {
    let unchecked = unchecked_claims(token).ok_or_else(invalid_access_token)?;
    let issuer = unchecked.get("iss").and_then(|issuer| issuer.as_str()).unwrap_or_default();
    let pool_id = pools
        .iter()
        .find(|pool| pool.issuer() == issuer)
        .map(|pool| pool.id.clone())
        .ok_or_else(invalid_access_token)?;
    let pool = pools.get(&pool_id)?;
    let Checked { grant, username } = check(pool, token, scope, context)?;
    let Grant { client_id, event_id, oauth, .. } = grant;
    Ok(Bearer { username, client_id, event_id, pool, oauth })
}

/// The sign-in that an access token of a pool comes from, if the token is good for the API.
///
/// # Errors
/// As [`bearer`].
pub(crate) fn grant_of(pool: &UserPool, token: &str, context: &Context<'_>) -> Result<Grant, ServiceError> {
    Ok(check(pool, token, API_SCOPE, context)?.grant)
}

struct Checked {
    grant: Grant,
    /// The internal user name.
    username: String,
}

fn check(pool: &UserPool, token: &str, scope: &str, context: &Context<'_>) -> Result<Checked, ServiceError> {
    let claims = decode(context.keys, &pool.id, Role::Access, token).ok_or_else(invalid_access_token)?;
    let text = |name: &str| claims.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    if text("token_use") != "access" {
        return Err(invalid_access_token());
    }
    let expires = claims.get("exp").and_then(|value| value.as_u64()).unwrap_or_default();
    if context.now_ms / 1000 >= expires {
        return Err(not_authorized("Access Token has expired"));
    }
    let grant = pool.grants.by_event(text("event_id")).ok_or_else(invalid_access_token)?;
    if pool.grants.is_orphan(&grant.event_id) {
        return Err(user_not_found());
    }
    if grant.revoked {
        return Err(not_authorized("Access Token has been revoked"));
    }
    if !text("scope").split(' ').any(|granted| granted == scope) {
        return Err(not_authorized("Access Token does not have required scopes"));
    }
    let user = pool.find(text("username")).ok_or_else(user_not_found)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    Ok(Checked { username: user.username.clone(), grant: grant.clone() })
}
