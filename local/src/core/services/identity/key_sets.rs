//! OpenID Connect providers in IAM, and where their keys come from.

use serde_json::Value;
use std::collections::BTreeMap;

use crate::core::directory::providers::STAND_IN_OIDC_ISSUER;
use crate::core::emulator::Emulator;
use crate::core::services::stand_ins;
use crate::core::services::well_known::endpoint;
use crate::core::wire::error::ServiceError;
use crate::core::wire::http::HttpRequest;
use crate::core::world::outbound::OutboundRequest;

/// `CreateOpenIDConnectProvider` of IAM.
pub(crate) struct OpenIdProvider {
    /// The issuer, or [`STAND_IN_OIDC_ISSUER`] for the one that the emulator plays.
    pub(crate) url: String,
    pub(crate) client_ids: Vec<String>,
    /// Its JSON Web Key Set, so that it need not be asked.
    pub(crate) jwks: Option<Value>,
}

/// Key sets by login name, or why there is none.
pub(crate) type KeySets = BTreeMap<String, Result<Value, String>>;

impl OpenIdProvider {
    pub(crate) fn is_stand_in(&self) -> bool {
        self.url == STAND_IN_OIDC_ISSUER
    }

    pub(crate) fn arn(&self) -> String {
        let name = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        format!("arn:aws:iam::000000000000:oidc-provider/{name}")
    }

    /// `iss` of its tokens.
    pub(crate) fn issuer(&self, base: &str) -> String {
        if self.is_stand_in() { stand_ins::address(base, "oidc") } else { self.url.clone() }
    }

    /// Its key in `Logins`: the issuer without its scheme.
    pub(super) fn login_name(&self, base: &str) -> String {
        let issuer = self.issuer(base);
        issuer.split_once("://").map_or(issuer.clone(), |(_, rest)| rest.to_owned())
    }
}

/// Fetches the keys of those providers whose tokens a request brings. Nothing of the emulator is locked meanwhile.
pub(crate) fn fetch(emulator: &Emulator, request: &HttpRequest) -> KeySets {
    let asked =
        emulator.config.open_id_providers.iter().filter(|provider| provider.jwks.is_none() && !provider.is_stand_in());
    let mut asked = asked.peekable();
    let target = request.header("X-Amz-Target").unwrap_or_default();
    if asked.peek().is_none() || !target.starts_with(super::PREFIX) {
        return KeySets::new();
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let base = endpoint(request);
    let named = asked.map(|provider| (provider.login_name(&base), provider));
    let brought = named.filter(|(name, _)| body.get("Logins").and_then(|logins| logins.get(name)).is_some());
    brought.map(|(name, provider)| (name, key_set(emulator, &base, &provider.url))).collect()
}

fn key_set(emulator: &Emulator, base: &str, issuer: &str) -> Result<Value, String> {
    let document = json(emulator, base, &format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
    if document.get("issuer").and_then(Value::as_str) != Some(issuer) {
        return Err("the issuer of its discovery document is another one".into());
    }
    let address = document.get("jwks_uri").and_then(Value::as_str).ok_or("its discovery document has no jwks_uri")?;
    json(emulator, base, address)
}

fn json(emulator: &Emulator, base: &str, url: &str) -> Result<Value, String> {
    let headers = vec![("Accept".into(), "application/json".into())];
    let request = OutboundRequest { method: "GET", url: url.into(), headers, body: Vec::new() };
    let reply = emulator.fetch(base, request).map_err(|error| format!("{url} does not answer ({error:?})"))?;
    if reply.status != 200 {
        return Err(format!("{url} answers with status {}", reply.status));
    }
    serde_json::from_slice(&reply.body).map_err(|_| format!("the answer of {url} is not JSON"))
}

pub(super) fn unavailable(name: &str, reason: &str) -> ServiceError {
    ServiceError::new("ExternalServiceException", format!("The keys of {name} can't be had: {reason}."))
}
