//! Reading TOML. Pools and clients are described in the words of `CreateUserPool`, `SetUserPoolMfaConfig` and `CreateUserPoolClient`,
//! and checked like them.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::data::{read_buckets, read_tables};
use super::iam::{read_identity_pool, read_open_id_providers, read_roles};
use super::issuer::Issuer;
use super::{Config, ConfigError, PoolConfig};
use crate::core::directory::providers::ProviderSettings;
use crate::core::directory::{ClientSettings, PoolSettings, ResourceServer};
use crate::core::services::appsync::AppSyncSettings;
use crate::core::wire::error::ServiceError;
use crate::core::wire::region::is_region;
use crate::core::wire::shapes;
use crate::core::world::random::Random;

impl Config {
    /// Reads a configuration file. Its form is that of the built-in seed, [`SEED`](super::SEED).
    ///
    /// # Errors
    /// [`ConfigError`] with the reason and the place.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let mut root: Map<String, Value> = toml::from_str(text).map_err(|error| ConfigError(error.to_string()))?;
        let region = string(&mut root, "Region", "the file")?;
        if !is_region(&region) {
            return Err(ConfigError(format!("Region: {region} does not have the form of a region, such as eu-west-1")));
        }
        let issuer = root.remove("Issuer").map(|value| value.as_str().unwrap_or_default().to_owned());
        let allowed_origins: Vec<String> = root.remove("AllowedOrigins").map_or(Ok(Vec::new()), |list| {
            serde_json::from_value(list).map_err(|error| ConfigError(format!("AllowedOrigins: {error}")))
        })?;
        let pools = list(&mut root, "UserPool", "the file")?;
        let roles = read_roles(list(&mut root, "Role", "the file")?)?;
        let open_id_providers = read_open_id_providers(list(&mut root, "OpenIdProvider", "the file")?)?;
        let identity_pools = list(&mut root, "IdentityPool", "the file")?;
        let appsync = root.remove("AppSync").map(read_appsync).transpose()?;
        let apis = read_all(list(&mut root, "Api", "the file")?, "Api")?;
        let buckets = read_buckets(list(&mut root, "Bucket", "the file")?)?;
        let tables = read_tables(list(&mut root, "Table", "the file")?)?;
        nothing_else(&root, "the file")?;
        let identity_pools =
            identity_pools.into_iter().map(|pool| read_identity_pool(pool, &region)).collect::<Result<_, _>>()?;
        let pools = pools.into_iter().map(|pool| read_pool(pool, &region)).collect::<Result<Vec<_>, _>>()?;
        let appsync = appsync.map(|settings| {
            let ids = pools.iter().map(|pool: &PoolConfig| pool.id.as_str());
            settings.checked(ids, &open_id_providers).map_err(|text| ConfigError(format!("AppSync: {text}")))
        });
        let appsync = appsync.transpose()?;
        let mut config = Self {
            region,
            issuer: Issuer::default(),
            allowed_origins: Vec::new(),
            pools,
            roles,
            open_id_providers,
            identity_pools,
            apis,
            appsync,
            tables,
            buckets,
        };
        issuer.map_or(Ok(()), |issuer| config.set_issuer(&issuer))?;
        for origin in &allowed_origins {
            config.allow_origin(origin).map_err(|error| ConfigError(format!("AllowedOrigins: {error}")))?;
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        for (index, pool) in self.pools.iter().enumerate() {
            if self.pool_ids().take(index).any(|id| id == pool.id) {
                return Err(ConfigError(format!("user pool {} is there twice", pool.id)));
            }
            let others = self.pools.iter().take(index).flat_map(|other| &other.clients);
            if let Some((id, _)) = others.into_iter().find(|(id, _)| pool.clients.iter().any(|(own, _)| own == id)) {
                return Err(ConfigError(format!("client {id} is in two user pools")));
            }
            pool.build(0, &mut Random::new(Some(0)), false).map_err(|error| located(&pool.id, &error))?;
        }
        for (index, pool) in self.identity_pools.iter().enumerate() {
            if self.identity_pools.iter().take(index).any(|other| other.id == pool.id) {
                return Err(ConfigError(format!("identity pool {} is there twice", pool.id)));
            }
            pool.build(&self.open_id_providers)?;
        }
        for (index, api) in self.apis.iter().enumerate() {
            api.check().map_err(|text| ConfigError(format!("API {}: {text}", api.name)))?;
            if self.apis.iter().take(index).any(|other| other.name == api.name) {
                return Err(ConfigError(format!("API {}: it is there twice", api.name)));
            }
        }
        Ok(())
    }
}

fn read_appsync(table: Value) -> Result<AppSyncSettings, ConfigError> {
    serde_json::from_value(table).map_err(|error| ConfigError(format!("AppSync: {error}")))
}

fn read_pool(mut pool: Map<String, Value>, region: &str) -> Result<PoolConfig, ConfigError> {
    let id = string(&mut pool, "Id", "a UserPool")?;
    if id.split_once('_').is_none_or(|(own, name)| own != region || name.is_empty()) {
        return Err(ConfigError(format!("user pool {id}: the Id must be {region}_ followed by letters and digits")));
    }
    let place = format!("user pool {id}");
    let clients = list(&mut pool, "Client", &place)?;
    let groups = list(&mut pool, "Group", &place)?;
    let providers = list(&mut pool, "IdentityProvider", &place)?;
    let users = list(&mut pool, "User", &place)?;
    let resource_servers = list(&mut pool, "ResourceServer", &place)?;
    let domain = pool.remove("Domain").map(|domain| read_domain(domain, &id)).transpose()?;
    let mfa = take_mfa(&mut pool, &id);
    let settings: PoolSettings =
        shapes::USER_POOLS.read("CreateUserPoolRequest", Value::Object(pool)).map_err(|e| located(&place, &e))?;
    let mut settings = settings.checked().map_err(|error| located(&place, &error))?;
    let mfa = shapes::USER_POOLS
        .read_rest("SetUserPoolMfaConfigRequest", mfa, &["UserPoolId"])
        .map_err(|error| located(&place, &error))?;
    settings.set_mfa(mfa).map_err(|error| located(&place, &error))?;
    let clients = clients.into_iter().map(|client| read_client(client, &id)).collect::<Result<_, _>>()?;
    let providers = providers.into_iter().map(|provider| read_provider(provider, &id)).collect::<Result<_, _>>()?;
    Ok(PoolConfig {
        settings,
        clients,
        providers,
        resource_servers: resource_servers
            .into_iter()
            .map(|server| read_resource_server(server, &id))
            .collect::<Result<_, _>>()?,
        domain,
        groups: read_all(groups, &format!("{place}, Group"))?,
        users: read_all(users, &format!("{place}, User"))?,
        id,
    })
}

/// The members of a pool that are not `CreateUserPool`'s but `SetUserPoolMfaConfig`'s.
fn take_mfa(pool: &mut Map<String, Value>, id: &str) -> Value {
    let mut config = Map::from_iter([("UserPoolId".to_owned(), json!(id))]);
    for name in [
        "MfaConfiguration",
        "SoftwareTokenMfaConfiguration",
        "SmsMfaConfiguration",
        "EmailMfaConfiguration",
        "WebAuthnConfiguration",
    ] {
        config.extend(pool.remove_entry(name));
    }
    config.into()
}

fn read_client(mut client: Map<String, Value>, pool_id: &str) -> Result<(String, ClientSettings), ConfigError> {
    let id = string(&mut client, "ClientId", "a Client")?;
    client.insert("UserPoolId".into(), json!(pool_id));
    let place = format!("client {id}");
    let settings: ClientSettings = shapes::USER_POOLS
        .read("CreateUserPoolClientRequest", Value::Object(client))
        .map_err(|error| located(&place, &error))?;
    if settings.generate_secret {
        return Err(ConfigError(format!("{place}: GenerateSecret makes no sense here: write a ClientSecret")));
    }
    let settings = settings.checked().map_err(|error| located(&place, &error))?;
    Ok((id, settings))
}

fn read_provider(mut provider: Map<String, Value>, pool_id: &str) -> Result<ProviderSettings, ConfigError> {
    let place = format!(
        "identity provider {}",
        provider.get("ProviderName").and_then(Value::as_str).unwrap_or("without ProviderName")
    );
    provider.insert("UserPoolId".into(), json!(pool_id));
    shapes::USER_POOLS
        .read("CreateIdentityProviderRequest", Value::Object(provider))
        .map_err(|error| located(&place, &error))
}

fn read_resource_server(mut server: Map<String, Value>, pool_id: &str) -> Result<ResourceServer, ConfigError> {
    server.insert("UserPoolId".into(), json!(pool_id));
    let place = format!("user pool {pool_id}, ResourceServer");
    shapes::USER_POOLS
        .read("CreateResourceServerRequest", Value::Object(server))
        .map_err(|error| located(&place, &error))
}

/// `[UserPool.Domain]`: the prefix, for completeness.
fn read_domain(mut domain: Value, pool_id: &str) -> Result<String, ConfigError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Domain {
        domain: String,
    }
    let place = format!("user pool {pool_id}, Domain");
    match &mut domain {
        Value::Object(members) => drop(members.insert("UserPoolId".into(), json!(pool_id))),
        _ => return Err(ConfigError(format!("{place} must be written as [UserPool.Domain]"))),
    }
    let read: Result<Domain, _> = shapes::USER_POOLS.read_rest("CreateUserPoolDomainRequest", domain, &["UserPoolId"]);
    read.map(|read| read.domain).map_err(|error| located(&place, &error))
}

pub(super) fn read_all<T: DeserializeOwned>(
    objects: Vec<Map<String, Value>>,
    place: &str,
) -> Result<Vec<T>, ConfigError> {
    let read = |object| serde_json::from_value(Value::Object(object));
    objects.into_iter().map(read).collect::<Result<_, _>>().map_err(|error| ConfigError(format!("{place}: {error}")))
}

pub(super) fn string(object: &mut Map<String, Value>, key: &str, place: &str) -> Result<String, ConfigError> {
    match object.remove(key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(ConfigError(format!("{place} needs {key} = \"…\""))),
    }
}

fn list(object: &mut Map<String, Value>, key: &str, place: &str) -> Result<Vec<Map<String, Value>>, ConfigError> {
    let wrong = || ConfigError(format!("{place}: {key} must be written as [[…{key}]]"));
    match object.remove(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(object) => Ok(object),
                _ => Err(wrong()),
            })
            .collect(),
        Some(_) => Err(wrong()),
    }
}

fn nothing_else(object: &Map<String, Value>, place: &str) -> Result<(), ConfigError> {
    object.keys().next().map_or(Ok(()), |key| Err(ConfigError(format!("{place}: {key} is not known here"))))
}

pub(super) fn located(place: &str, error: &ServiceError) -> ConfigError {
    ConfigError(format!("{place}: {}", error.message))
}
