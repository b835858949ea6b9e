//! Tokens that an app's own back end got by `GetOpenIdTokenForDeveloperIdentity`.

use serde_json::Value;

use super::token_refusals::{NO_TOKEN, WRONG_AUDIENCE, invalid_token, text};
use super::{Context, open_id_token};
use crate::core::identity_pools::{IdentityPool, Login};
use crate::core::wire::error::ServiceError;

/// # Errors
/// `NotAuthorizedException`.
pub(super) fn verify(context: &Context<'_>, pool: &IdentityPool, token: &str) -> Result<Login, ServiceError> {
    let claims = open_id_token::verify(context.keys, token, context.now_ms / 1000).map_err(invalid_token)?;
    if text(&claims, "aud") != Some(&pool.id) {
        return Err(invalid_token(WRONG_AUDIENCE));
    }
    let name = pool.settings.developer_provider_name.as_deref().unwrap_or_default();
    let prefix = format!("{name}:{}:", pool.id);
    let methods = claims.get("amr").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let user = methods.filter_map(|method| method.strip_prefix(&prefix)).next();
    let user = user.ok_or_else(|| invalid_token(NO_TOKEN))?;
    // The user may have been unlinked, or the identity deleted, since the token was made.
    if pool.identities.holder(name, user) != text(&claims, "sub") {
        return Err(crate::core::identity_pools::no_match());
    }
    Ok(Login::new(name.into(), user.into(), pool.id.clone()))
}
