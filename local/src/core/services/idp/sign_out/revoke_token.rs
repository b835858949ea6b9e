//! `RevokeToken`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::Pools;
use crate::core::service::Context;
use crate::core::services::idp::sessions::Associated;
use crate::core::wire::error::ServiceError;
use crate::core::world::tokens::unchecked_claims;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    token: String,
    client_id: String,
    client_secret: Option<String>,
    #[serde(default)]
    revoke_associated_sessions: Associated,
}

pub(super) fn run(pools: &mut Pools, _: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let unauthorized = |text: &'static str| ServiceError::new("UnauthorizedException", text);
    // This operation knows no ResourceNotFoundException and no NotAuthorizedException.
    let (pool, client) = pools.of_client(&input.client_id).map_err(|_| unauthorized("Unknown client"))?;
    client
        .check_secret(input.client_secret.as_deref())
        .map_err(|_| unauthorized("Unable to verify the client secret"))?;
    if !client.revocation() {
        return Err(ServiceError::new(
            "UnsupportedOperationException",
            "Token revocation is not enabled for this client",
        ));
    }
    if unchecked_claims(&input.token).is_some_and(|claims| claims.contains_key("token_use")) {
        return Err(ServiceError::new("UnsupportedTokenTypeException", "Only refresh tokens can be revoked"));
    }
    // An unknown token is as good as revoked (RFC 7009, section 2.2).
    let Some(grant) = pool.grants.by_refresh_token(&input.token).cloned() else { return Ok(json!({})) };
    if grant.client_id != client.id {
        return Err(unauthorized("The token was issued to another client"));
    }
    pool.grants.revoke(&grant.event_id);
    if input.revoke_associated_sessions == Associated::Linked {
        pool.revoke_linked_sso(&grant.event_id);
    }
    Ok(json!({}))
}
