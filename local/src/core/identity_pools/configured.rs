//! The identity pools and OpenID Connect providers of the configuration.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{IdentityPool, OpenIdProvider, Roles, Settings};
use crate::core::iam::document;
use crate::core::wire::shapes::IDENTITY_POOLS;
use crate::core::world::settings::{ConfigError, located, read_all, string};

/// One `[[OpenIdProvider]]`, in the words of `CreateOpenIDConnectProvider`; `Jwks` is its key set, fetched if absent.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OpenIdProviderToml {
    url: String,
    #[serde(rename = "ClientIDList")]
    client_id_list: Vec<String>,
    jwks: Option<Value>,
}

/// One identity pool to start with.
pub(crate) struct IdentityPoolConfig {
    pub(crate) id: String,
    settings: Settings,
    roles: Roles,
}

impl IdentityPoolConfig {
    /// The pool as it is at the start.
    pub(crate) fn build(&self, providers: &[OpenIdProvider]) -> Result<IdentityPool, ConfigError> {
        let place = format!("identity pool {}", self.id);
        let settings = self.settings.clone().checked().map_err(|error| located(&place, &error))?;
        let is_known = |arn: &String| providers.iter().any(|provider| &provider.arn() == arn);
        if let Some(arn) = settings.open_id_connect_provider_arns.iter().find(|arn| !is_known(arn)) {
            return Err(ConfigError(format!("{place}: There is no OpenIdProvider {arn} in the configuration.")));
        }
        let mut pool = IdentityPool::new(self.id.clone(), settings);
        pool.set_roles(self.roles.clone(), providers, "").map_err(|error| located(&place, &error))?;
        Ok(pool)
    }
}

pub(crate) fn read_open_id_providers(list: Vec<Map<String, Value>>) -> Result<Vec<OpenIdProvider>, ConfigError> {
    let read: Vec<OpenIdProviderToml> = read_all(list, "OpenIdProvider")?;
    let provider = |provider: OpenIdProviderToml| {
        let jwks = provider.jwks.map(|jwks| document(&jwks, "Jwks")).transpose();
        let jwks = jwks.map_err(|text| ConfigError(format!("OpenIdProvider {}: {text}", provider.url)))?;
        Ok(OpenIdProvider { url: provider.url, client_ids: provider.client_id_list, jwks })
    };
    read.into_iter().map(provider).collect()
}

pub(crate) fn read_identity_pool(
    mut pool: Map<String, Value>,
    region: &str,
) -> Result<IdentityPoolConfig, ConfigError> {
    let id = string(&mut pool, "IdentityPoolId", "an IdentityPool")?;
    if id.split_once(':').is_none_or(|(own, uuid)| own != region || uuid.len() != 36) {
        return Err(ConfigError(format!(
            "identity pool {id}: the IdentityPoolId must be {region}: followed by a UUID"
        )));
    }
    let place = format!("identity pool {id}");
    let mut roles = Map::from_iter([("IdentityPoolId".to_owned(), json!(id)), ("Roles".to_owned(), json!({}))]);
    for name in ["Roles", "RoleMappings"] {
        roles.extend(pool.remove_entry(name));
    }
    let roles = IDENTITY_POOLS.read("SetIdentityPoolRolesInput", roles.into()).map_err(|e| located(&place, &e))?;
    let settings =
        IDENTITY_POOLS.read("CreateIdentityPoolInput", Value::Object(pool)).map_err(|e| located(&place, &e))?;
    Ok(IdentityPoolConfig { id, settings, roles })
}
