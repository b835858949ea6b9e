//! ID tokens of user pools.

use super::Context;
use super::token_refusals::{
    NO_TOKEN, WRONG_AUDIENCE, WRONG_ISSUER, WRONG_SIGNATURE, check_expiry, invalid_token, text,
};
use crate::core::directory::UserPool;
use crate::core::identity_pools::{Login, Settings, user_pool_id};
use crate::core::wire::error::ServiceError;
use crate::core::world::tokens::{Role, decode, unchecked_claims};

/// # Errors
/// `NotAuthorizedException`.
pub(super) fn verify(
    context: &Context<'_>,
    settings: &Settings,
    name: &str,
    token: &str,
) -> Result<Login, ServiceError> {
    let unchecked = unchecked_claims(token).ok_or_else(|| invalid_token(NO_TOKEN))?;
    let pool = user_pool_id(name).and_then(|id| context.user_pools.find(id));
    // The name is AWS's, whatever the issuer of this emulator is.
    let issuer = pool.map_or_else(|| format!("https://{name}"), UserPool::issuer);
    if text(&unchecked, "iss") != Some(issuer.as_str()) {
        return Err(invalid_token(WRONG_ISSUER));
    }
    if text(&unchecked, "token_use") != Some("id") {
        return Err(invalid_token(NO_TOKEN));
    }
    let pool = pool.ok_or_else(|| invalid_token(WRONG_SIGNATURE))?;
    let claims = decode(context.keys, &pool.id, Role::Id, token).ok_or_else(|| invalid_token(WRONG_SIGNATURE))?;
    check_expiry(&claims, context.now_ms / 1000, 0)?;
    let audience = text(&claims, "aud").unwrap_or_default();
    let client = settings
        .cognito_identity_providers
        .iter()
        .find(|provider| provider.provider_name == name && provider.client_id == audience);
    let client = client.ok_or_else(|| invalid_token(WRONG_AUDIENCE))?;
    if client.server_side_token_check {
        let grant = text(&claims, "event_id").and_then(|event| pool.grants.by_event(event));
        let user = text(&claims, "cognito:username").and_then(|username| pool.find(username));
        if grant.is_none_or(|grant| grant.revoked) || user.is_none_or(|user| !user.enabled) {
            return Err(invalid_token("Token has been revoked, or its user is disabled."));
        }
    }
    let subject = text(&claims, "sub").ok_or_else(|| invalid_token(NO_TOKEN))?.to_owned();
    let mapping = format!("{name}:{audience}");
    Ok(Login { mapping, claims, ..Login::new(name.into(), subject, "CognitoSignIn".into()) })
}
