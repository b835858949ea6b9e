//! `/oauth2/revoke` (Developer Guide, "Revoke endpoint"; RFC 7009).

use super::call::Call;
use super::client_authentication::authenticate;
use super::error::{CONTENT_TYPE, OAuthError};
use super::parameter::required;
use crate::core::wire::http::HttpResponse;
use crate::core::world::tokens::unchecked_claims;

pub(super) fn answer(call: &mut Call<'_>) -> Result<HttpResponse, OAuthError> {
    if !call.request.is_form_post() {
        return Err(OAuthError::new("invalid_request", "The Content-Type must be application/x-www-form-urlencoded"));
    }
    let token = required(call, "token")?;
    let unauthorized = || OAuthError::new("invalid_client", "").with_status(401);
    let (pool_id, client) = authenticate(call).map_err(|_| unauthorized())?;
    if !client.revocation() {
        return Err(OAuthError::new("invalid_request", "Token revocation is not enabled for this client"));
    }
    if unchecked_claims(&token).is_some_and(|claims| claims.contains_key("token_use")) {
        return Err(OAuthError::new("unsupported_token_type", ""));
    }
    let pool = call.pools.get(&pool_id).map_err(|_| unauthorized())?;
    // An unknown token is as good as revoked (RFC 7009, section 2.2).
    if let Some(grant) = pool.grants.by_refresh_token(&token).cloned() {
        if grant.client_id != client.id {
            return Err(unauthorized());
        }
        pool.grants.revoke(&grant.event_id);
    }
    Ok(HttpResponse::new(200, CONTENT_TYPE, ""))
}
