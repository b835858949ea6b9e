//! Reading roles, OpenID Connect providers and identity pools.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

use super::ConfigError;
use super::read::{located, read_all, string};
use crate::core::iam::{DEFAULT_SESSION_S, Role};
use crate::core::identity_pools::{IdentityPool, OpenIdProvider, Roles, Settings};
use crate::core::wire::shapes::IDENTITY_POOLS;

/// One `[[Role]]`, in the words of `CreateRole`; `Policy` is what it may do. Policies are tables or JSON in a text.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RoleToml {
    arn: String,
    assume_role_policy_document: Value,
    policy: Value,
    #[serde(default = "default_session")]
    max_session_duration: u64,
}

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
    pub(super) fn build(&self, providers: &[OpenIdProvider]) -> Result<IdentityPool, ConfigError> {
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

fn default_session() -> u64 {
    DEFAULT_SESSION_S
}

pub(super) fn read_roles(list: Vec<Map<String, Value>>) -> Result<Vec<Arc<Role>>, ConfigError> {
    let read: Vec<RoleToml> = read_all(list, "Role")?;
    let mut roles: Vec<Arc<Role>> = Vec::new();
    for role in read {
        let located = |text: String| ConfigError(format!("role {}: {text}", role.arn));
        let trust = document(&role.assume_role_policy_document, "AssumeRolePolicyDocument").map_err(located)?;
        let policy = document(&role.policy, "Policy").map_err(located)?;
        let made = Role::new(&role.arn, &trust, &policy, role.max_session_duration).map_err(located)?;
        if roles.iter().any(|other| other.arn == made.arn) {
            return Err(located("it is there twice".into()));
        }
        roles.push(Arc::new(made));
    }
    Ok(roles)
}

/// A table, or JSON in a text.
fn document(value: &Value, name: &str) -> Result<Value, String> {
    match value {
        Value::String(text) => serde_json::from_str(text).map_err(|error| format!("{name}: {error}")),
        other => Ok(other.clone()),
    }
}

pub(super) fn read_open_id_providers(list: Vec<Map<String, Value>>) -> Result<Vec<OpenIdProvider>, ConfigError> {
    let read: Vec<OpenIdProviderToml> = read_all(list, "OpenIdProvider")?;
    let provider = |provider: OpenIdProviderToml| {
        let jwks = provider.jwks.map(|jwks| document(&jwks, "Jwks")).transpose();
        let jwks = jwks.map_err(|text| ConfigError(format!("OpenIdProvider {}: {text}", provider.url)))?;
        Ok(OpenIdProvider { url: provider.url, client_ids: provider.client_id_list, jwks })
    };
    read.into_iter().map(provider).collect()
}

pub(super) fn read_identity_pool(
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
