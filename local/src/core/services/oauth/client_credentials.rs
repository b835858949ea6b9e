//! The grant client_credentials: a token for the client itself.

use serde_json::{Value, json};

use super::call::Call;
use super::error::OAuthError;
use crate::core::directory::{AppClient, OAuthGrant, client_claims, is_app_address};
use crate::core::services::oauth::scopes;
use crate::core::world::tokens::{Role, sign};

/// An access token without a user, and nothing else.
pub(super) fn grant(call: &mut Call<'_>, pool_id: &str, client: &AppClient) -> Result<Value, OAuthError> {
    if !client.allows_oauth_flow("client_credentials") || client.is_public() {
        return Err(OAuthError::new("unauthorized_client", ""));
    }
    let scopes = scopes::read(client, call.form.get("scope")).map_err(|text| OAuthError::new("invalid_scope", text))?;
    // There is no user whom these could be about.
    if let Some(scope) = scopes.iter().find(|scope| !scope.contains('/')) {
        return Err(OAuthError::new("invalid_scope", format!("client_credentials can't have the scope {scope}")));
    }
    let resource = call.form.get("resource").map(str::to_owned);
    if resource.as_ref().is_some_and(|url| !is_app_address(url)) {
        return Err(OAuthError::new("invalid_request", "resource must be an absolute URL without a fragment"));
    }
    let pool = call.pools.get(pool_id).map_err(|_| OAuthError::new("invalid_client", ""))?;
    let context = &mut call.context;
    let grant = OAuthGrant { scopes, resource };
    let claims = client_claims(client, &pool.issuer(), &grant, context.now_ms / 1000, context.random.uuid());
    Ok(json!({
        "AccessToken": sign(context.keys, pool_id, Role::Access, claims, context.forgery.as_ref()),
        "ExpiresIn": client.access_token_seconds(),
    }))
}
