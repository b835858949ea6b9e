//! The grant client_credentials: a token for the client itself.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::call::Call;
use super::error::OAuthError;
use crate::core::directory::{AppClient, OAuthGrant, client_claims, is_app_address};
use crate::core::services::oauth::scopes;
use crate::core::services::triggers::{Subject, TokenSource, token_generation};
use crate::core::wire::form::Form;
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
    context.input.client_metadata = client_metadata(&call.form)?;
    let (subject, source) = (Subject::Client(client), TokenSource::ClientCredentials);
    let overrides = token_generation(pool, subject, source, &grant.scopes, context).map_err(OAuthError::from_tokens)?;
    let mut claims = client_claims(client, &pool.issuer(), &grant, context.now_ms / 1000, context.random.uuid());
    overrides.change_access(&mut claims);
    Ok(json!({
        "AccessToken": sign(context.keys, pool_id, Role::Access, claims, context.forgery.as_ref()),
        "ExpiresIn": client.access_token_seconds(),
    }))
}

/// `aws_client_metadata`: JSON text with texts, for the function that changes tokens (Developer Guide, "Token endpoint").
fn client_metadata(form: &Form) -> Result<Option<Value>, OAuthError> {
    let Some(text) = form.get("aws_client_metadata") else { return Ok(None) };
    let read: Result<BTreeMap<String, String>, _> = serde_json::from_str(text);
    match read {
        Ok(metadata) => Ok(Some(json!(metadata))),
        Err(_) => Err(OAuthError::new("invalid_request", "aws_client_metadata must be a JSON object with texts")),
    }
}
