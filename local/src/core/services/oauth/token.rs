//! `/oauth2/token` (Developer Guide, "Token endpoint").

use serde_json::{Value, json};

use super::call::Call;
use super::error::{CONTENT_TYPE, OAuthError};
use super::parameter::required;
use super::{authorization_code, client_authentication, client_credentials, refresh_token};
use crate::core::wire::http::HttpResponse;

pub(super) fn answer(call: &mut Call<'_>) -> Result<HttpResponse, OAuthError> {
    if !call.request.is_form_post() {
        return Err(OAuthError::new("invalid_request", "The Content-Type must be application/x-www-form-urlencoded"));
    }
    if let Some(name) = call.form.repeated() {
        return Err(OAuthError::new("invalid_request", format!("{name} must appear only once")));
    }
    let grant_type = required(call, "grant_type")?;
    let (pool_id, client) = client_authentication::authenticate(call)?;
    call.context.input.client_id = Some(client.id.clone());
    let result = match grant_type.as_str() {
        "authorization_code" => authorization_code::redeem(call, &pool_id, &client)?,
        "refresh_token" => refresh_token::redeem(call, &pool_id, &client)?,
        "client_credentials" => client_credentials::grant(call, &pool_id, &client)?,
        _ => return Err(OAuthError::new("unsupported_grant_type", "")),
    };
    Ok(HttpResponse::new(200, CONTENT_TYPE, reply(&result).to_string()))
}

/// `AuthenticationResultType` in the words of OAuth 2.0.
fn reply(result: &Value) -> Value {
    let mut reply = json!({ "token_type": "Bearer" });
    for (name, member) in [
        ("id_token", "IdToken"),
        ("access_token", "AccessToken"),
        ("refresh_token", "RefreshToken"),
        ("expires_in", "ExpiresIn"),
    ] {
        if let Some(value) = result.get(member) {
            reply[name] = value.clone();
        }
    }
    reply
}
