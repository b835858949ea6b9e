//! Where the keys of other OpenID Connect providers come from.

use serde_json::Value;
use std::collections::BTreeMap;

use crate::core::identity_pools::OpenIdProvider;
use crate::core::service::Desk;
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpRequest;
use crate::core::world::outbound::OutboundRequest;
use crate::core::world::outside::Waiting;

/// Key sets by login name, or why there is none.
pub(crate) type KeySets = BTreeMap<String, Result<Value, String>>;

/// The providers whose keys have to be fetched.
pub(super) fn asked(providers: &[OpenIdProvider]) -> impl Iterator<Item = &OpenIdProvider> {
    providers.iter().filter(|provider| provider.jwks.is_none() && !provider.is_stand_in())
}

/// Fetches the keys of those providers whose tokens a request brings.
///
/// # Errors
/// [`Waiting`] until they are there.
pub(super) fn fetch(desk: &mut Desk<'_>, request: &HttpRequest) -> Result<KeySets, Waiting> {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let (base, providers) = (request.base(), desk.shared.open_id_providers.clone());
    let named = asked(&providers).map(|provider| (provider.login_name(&base), provider));
    let brought = named.filter(|(name, _)| body.get("Logins").and_then(|logins| logins.get(name)).is_some());
    brought.map(|(name, provider)| Ok((name, key_set(desk, &provider.url)?))).collect()
}

fn key_set(desk: &mut Desk<'_>, issuer: &str) -> Result<Result<Value, String>, Waiting> {
    let document = json(desk, &format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
    let address = document.and_then(|document| {
        if document.get("issuer").and_then(Value::as_str) != Some(issuer) {
            return Err("the issuer of its discovery document is another one".into());
        }
        let address = document.get("jwks_uri").and_then(Value::as_str).map(str::to_owned);
        address.ok_or_else(|| "its discovery document has no jwks_uri".into())
    });
    match address {
        Ok(address) => json(desk, &address),
        Err(reason) => Ok(Err(reason)),
    }
}

fn json(desk: &mut Desk<'_>, url: &str) -> Result<Result<Value, String>, Waiting> {
    let headers = vec![("Accept".into(), "application/json".into())];
    let reply = desk.ask(OutboundRequest { method: "GET", url: url.into(), headers, body: Vec::new() })?;
    Ok(match reply {
        Err(error) => Err(format!("{url} does not answer ({error:?})")),
        Ok(reply) if reply.status != 200 => Err(format!("{url} answers with status {}", reply.status)),
        Ok(reply) => serde_json::from_slice(&reply.body).map_err(|_| format!("the answer of {url} is not JSON")),
    })
}

pub(super) fn unavailable(name: &str, reason: &str) -> ServiceError {
    ServiceError::new("ExternalServiceException", format!("The keys of {name} can't be had: {reason}."))
}
