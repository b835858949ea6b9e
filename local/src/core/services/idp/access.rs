//! Operations that an access token authorises.

use super::Context;
use crate::core::directory::{API_SCOPE, OAuthGrant, Pools, UserPool};
use crate::core::wire::error::{ServiceError, invalid_access_token, not_authorized, user_disabled, user_not_found};
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
    let claims = decode(context.keys, &pool_id, Role::Access, token).ok_or_else(invalid_access_token)?;
    let text = |name: &str| claims.get(name).and_then(|value| value.as_str()).unwrap_or_default();
    if text("token_use") != "access" {
        return Err(invalid_access_token());
    }
    let expires = claims.get("exp").and_then(|value| value.as_u64()).unwrap_or_default();
    if context.now_ms / 1000 >= expires {
        return Err(not_authorized("Access Token has expired"));
    }
    let pool = pools.get(&pool_id)?;
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
    let oauth = grant.oauth.clone();
    let user = pool.find(text("username")).ok_or_else(user_not_found)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    let [client_id, event_id] = ["client_id", "event_id"].map(|name| text(name).to_owned());
    Ok(Bearer { username: user.username.clone(), client_id, event_id, pool, oauth })
}
