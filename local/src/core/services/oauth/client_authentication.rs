//! Who calls (RFC 6749, section 2.3.1): a client with a secret by Basic or in the body, one without by its id in the body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;

use super::call::Call;
use super::error::OAuthError;
use crate::core::directory::AppClient;
use crate::core::wire::form::{Form, percent_decode};
use crate::core::wire::http::HttpRequest;

/// The client that a request comes from, and the id of its pool.
///
/// # Errors
/// `invalid_request` without a client, `invalid_client` for an unknown one or a wrong secret.
pub(super) fn authenticate(call: &mut Call<'_>) -> Result<(String, Arc<AppClient>), OAuthError> {
    let basic = match call.request.header("Authorization") {
        Some(header) => Some(basic(header).ok_or_else(|| refused("invalid_client"))?),
        None => None,
    };
    let in_body = call.form.get("client_id").map(str::to_owned);
    let (client_id, secret) = match (basic, in_body) {
        (Some((id, _)), Some(other)) if id != other => return Err(refused("invalid_client")),
        (Some((id, secret)), _) => (id, Some(secret)),
        (None, Some(id)) => (id, call.form.get("client_secret").map(str::to_owned)),
        (None, None) => return Err(OAuthError::new("invalid_request", "client_id is missing")),
    };
    let (pool, client) = call.pools.of_client(&client_id).map_err(|_| refused("invalid_client"))?;
    if client.check_secret(secret.as_deref()).is_err() {
        return Err(refused("invalid_client_secret"));
    }
    Ok((pool.id.clone(), client))
}

/// The client that a request names, whether or not it is that one.
pub(super) fn named(request: &HttpRequest, form: &Form) -> Option<String> {
    let basic = request.header("Authorization").and_then(basic).map(|(id, _)| id);
    basic.or_else(|| form.get("client_id").map(str::to_owned))
}

fn refused(description: &'static str) -> OAuthError {
    let description = if description == "invalid_client" { "" } else { description };
    OAuthError::new("invalid_client", description)
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, value) = header.split_once(' ')?;
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("Basic").then(|| (percent_decode(id), percent_decode(secret)))
}
