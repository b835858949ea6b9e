//! Refreshing, by either operation.

use serde_json::{Value, json};

use super::issue::{self, MadeFor};
use super::parameters::{Parameters, only, optional, required};
use crate::core::directory::{AppClient, RefreshError, UserPool};
use crate::core::service::Context;
use crate::core::services::triggers::TokenSource;
use crate::core::wire::error::{ServiceError, invalid_refresh_token, not_authorized, user_disabled, user_not_found};

/// The flow REFRESH_TOKEN_AUTH: never gives a new refresh token.
pub(crate) fn by_flow(
    pool: &mut UserPool,
    client: &AppClient,
    parameters: &Parameters,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    // Kits send USERNAME too, and Cognito neither refuses nor compares it (amazon-cognito-identity-js, issue 607).
    only(parameters, "AuthParameters", &["REFRESH_TOKEN", "SECRET_HASH", "DEVICE_KEY", "USERNAME"])?;
    let token = required(parameters, "REFRESH_TOKEN")?;
    // The hash is over the internal name of the user, which an unknown token does not tell.
    let username =
        pool.grants.by_refresh_token(token).map(|grant| grant.username.clone()).ok_or_else(invalid_refresh_token)?;
    client.check_secret_hash(&username, optional(parameters, "SECRET_HASH"))?;
    let result = tokens(pool, client, token, optional(parameters, "DEVICE_KEY"), context)?;
    Ok(json!({ "AuthenticationResult": result, "ChallengeParameters": {} }))
}

/// Fresh tokens for a refresh token, and a new one where they rotate. "You must provide the confirmed device key … if device
/// remembering is enabled in your user pool" (`GetTokensFromRefreshTokenRequest`).
pub(crate) fn tokens(
    pool: &mut UserPool,
    client: &AppClient,
    token: &str,
    device_key: Option<&str>,
    context: &mut Context<'_>,
) -> Result<Value, ServiceError> {
    let grace_ms = client.rotation_grace_ms();
    // Without rotation no token is ever replaced, so any grace will do.
    let grant =
        pool.grants.redeem(token, &client.id, grace_ms.unwrap_or(0), context.now_ms).map_err(
            |refusal| match refusal {
                RefreshError::Expired => not_authorized("Refresh Token has expired"),
                RefreshError::Reused => {
                    ServiceError::new("RefreshTokenReuseException", "Refresh Token has been reused")
                }
                RefreshError::Revoked => not_authorized("Refresh Token has been revoked"),
                RefreshError::Unknown => invalid_refresh_token(),
                RefreshError::UserIsGone => user_not_found(),
            },
        )?;
    let user = pool.find(&grant.username).ok_or_else(user_not_found)?;
    if !user.enabled {
        return Err(user_disabled());
    }
    if let Some(device) = &grant.device
        && (device_key != Some(device.key.as_str()) || user.devices.get(&device.key).is_err())
    {
        return Err(invalid_refresh_token());
    }
    let made_for = MadeFor { source: TokenSource::RefreshTokens, nonce: None };
    let mut result = issue::tokens(pool, client, user, &grant, made_for, context)?;
    if grace_ms.is_some() {
        let next = issue::refresh_token(context.random);
        result["RefreshToken"] = json!(next);
        pool.grants.rotate(token, next, context.now_ms);
    }
    pool.touch_tokens(&grant.event_id, grace_ms.is_some(), context.now_ms);
    Ok(result)
}
