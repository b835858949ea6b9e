//! `/oauth2/userInfo` (Developer Guide, "The user attributes endpoint").

use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::{CONTENT_TYPE, OAuthError};
use crate::core::directory::providers::identities_attribute;
use crate::core::services::idp::access::holder;
use crate::core::wire::http::HttpResponse;

/// The attributes within the scopes of the access token, all as strings.
pub(super) fn answer(call: &mut Call<'_>) -> Result<HttpResponse, OAuthError> {
    let bad_request = || OAuthError::new("invalid_request", "Bad OAuth2 request at UserInfo Endpoint").with_challenge();
    let header = call.request.header("Authorization").ok_or_else(bad_request)?;
    let (scheme, token) = header.split_once(' ').ok_or_else(bad_request)?;
    if !scheme.eq_ignore_ascii_case("Bearer") || token.trim().is_empty() {
        return Err(bad_request());
    }
    let refused = || {
        let text = "Access token is expired, disabled, or deleted, or the user has globally signed out.";
        OAuthError::new("invalid_token", text).with_status(401).with_challenge()
    };
    let bearer = holder(call.pools, token.trim(), "openid", &call.context).map_err(|_| refused())?;
    let (Some(user), Some(client)) = (bearer.pool.find(&bearer.username), bearer.pool.client(&bearer.client_id)) else {
        return Err(refused());
    };
    let shown = |name: &str| client.may_read(name) && bearer.oauth.as_ref().is_some_and(|grant| grant.shows(name));
    let attributes = user.attributes.iter().filter(|(name, _)| shown(name));
    let mut claims: Map<String, Value> = attributes.map(|(name, value)| (name.clone(), json!(value))).collect();
    claims.extend(identities_attribute(&user.identities).map(|text| ("identities".to_owned(), json!(text))));
    claims.insert("sub".into(), json!(user.sub));
    claims.insert("username".into(), json!(user.username));
    if let Some(forgery) = call.fault.and_then(|fault| fault.forgery()) {
        claims.retain(|name, _| !forgery.remove.contains(name));
        claims.extend(forgery.claims);
    }
    Ok(HttpResponse::new(200, CONTENT_TYPE, Value::Object(claims).to_string()))
}
