//! The grant authorization_code.

use serde_json::Value;

use super::call::Call;
use super::error::OAuthError;
use super::parameter::required;
use super::pkce;
use crate::core::directory::{AppClient, CodeError, OAuthGrant};
use crate::core::services::idp::sign_in::issue::{SignIn, signed_in};
use crate::core::services::triggers::TokenSource;

/// Tokens for a code. Any attempt by the right client uses it up.
pub(super) fn redeem(call: &mut Call<'_>, pool_id: &str, client: &AppClient) -> Result<Value, OAuthError> {
    if !client.allows_oauth_flow("code") {
        return Err(OAuthError::new("unauthorized_client", "the client may not use the code flow"));
    }
    let text = required(call, "code")?;
    let redirect_uri = required(call, "redirect_uri")?;
    let verifier = call.form.get("code_verifier").map(str::to_owned);
    let invalid_grant = || OAuthError::new("invalid_grant", "");
    let pool = call.pools.get(pool_id).map_err(|_| invalid_grant())?;
    let code = match pool.codes.take(&text, &client.id, call.context.now_ms) {
        Ok(code) => code,
        Err(CodeError::Used(event_id)) => {
            // Someone else may hold the tokens (RFC 6749, section 4.1.2).
            event_id.into_iter().for_each(|id| pool.grants.revoke(&id));
            return Err(invalid_grant());
        }
        Err(CodeError::Invalid) => return Err(invalid_grant()),
    };
    if code.redirect_uri != redirect_uri {
        return Err(OAuthError::new("unauthorized_client", "invalid_redirect"));
    }
    match (&code.challenge, verifier) {
        (None, None) => {}
        (Some(_), None) => return Err(OAuthError::new("invalid_request", "code_verifier is missing")),
        (Some(challenge), Some(verifier)) if pkce::verifies(&verifier, challenge) => {}
        _ => return Err(invalid_grant()),
    }
    if !reads_what_it_asks_for(client, &code.grant) || !pool.find(&code.username).is_some_and(|user| user.enabled) {
        return Err(invalid_grant());
    }
    let sign_in = SignIn {
        username: &code.username,
        source: TokenSource::HostedAuth,
        oauth: Some(code.grant),
        auth_time: code.auth_time,
        nonce: code.nonce.as_deref(),
        refreshable: true,
        device: None,
        sso: code.sso,
        proof: code.proof,
        acr: code.acr,
    };
    let tokens = signed_in(pool, client, sign_in, &mut call.context).map_err(OAuthError::from_tokens)?;
    pool.codes.gave(&text, &tokens.event_id);
    Ok(tokens.result)
}

/// "The app client doesn't have read permission on attributes in the requested scope" (Developer Guide, "Token endpoint").
fn reads_what_it_asks_for(client: &AppClient, grant: &OAuthGrant) -> bool {
    [("email", "email"), ("phone", "phone_number")]
        .into_iter()
        .all(|(scope, attribute)| !grant.has(scope) || client.may_read(attribute))
}
