//! ID tokens of other OpenID Connect providers.

use serde_json::Value;

use super::token_refusals::{
    NO_TOKEN, WRONG_AUDIENCE, WRONG_ISSUER, WRONG_SIGNATURE, check_expiry, invalid_token, text,
};
use super::{Context, key_sets};
use crate::core::identity_pools::{Login, OpenIdProvider};
use crate::core::stand_ins;
use crate::core::wire::error::ServiceError;
use crate::core::world::tokens::{unchecked_claims, verify_jws};

/// How far the clocks of a provider and of AWS may be apart, in seconds.
const SKEW_S: u64 = 300;

/// # Errors
/// `NotAuthorizedException`, or `ExternalServiceException` where the provider's keys can't be had.
pub(super) fn verify(
    context: &Context<'_>,
    provider: &OpenIdProvider,
    name: &str,
    token: &str,
) -> Result<Login, ServiceError> {
    let unchecked = unchecked_claims(token).ok_or_else(|| invalid_token(NO_TOKEN))?;
    if text(&unchecked, "iss") != Some(provider.issuer(&context.base).as_str()) {
        return Err(invalid_token(WRONG_ISSUER));
    }
    let claims = if provider.is_stand_in() {
        stand_ins::open_id_claims(context.keys, token).ok_or_else(|| invalid_token(WRONG_SIGNATURE))?
    } else {
        let jwks = match (&provider.jwks, context.key_sets.get(name)) {
            (Some(jwks), _) => jwks,
            (None, Some(Ok(jwks))) => jwks,
            (None, Some(Err(reason))) => return Err(key_sets::unavailable(name, reason)),
            (None, None) => return Err(key_sets::unavailable(name, "they were not asked for")),
        };
        verify_jws(token, jwks).map_err(|_| invalid_token(WRONG_SIGNATURE))?
    };
    check_expiry(&claims, context.now_ms / 1000, SKEW_S)?;
    let audiences: Vec<&str> = match claims.get("aud") {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => text(&claims, "aud").into_iter().collect(),
    };
    // Either names the app (Developer Guide, "Setting up OIDC providers as an identity pool IdP").
    let mut named = text(&claims, "azp").into_iter().chain(audiences);
    let app = named.find(|app| provider.client_ids.iter().any(|known| known == app));
    let app = app.ok_or_else(|| invalid_token(WRONG_AUDIENCE))?.to_owned();
    let subject = text(&claims, "sub").ok_or_else(|| invalid_token(NO_TOKEN))?.to_owned();
    Ok(Login { claims, ..Login::new(name.into(), subject, app) })
}
