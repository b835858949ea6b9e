//! Reading TOML. Pools and clients are described in the words of `CreateUserPool`, `SetUserPoolMfaConfig` and `CreateUserPoolClient`,
//! and checked like them.

use serde_json::{Map, Value};

use super::Config;
use super::issuer::Issuer;
use super::pool::{PoolConfig, read_pool};
use crate::core::iam::read_roles;
use crate::core::identity_pools::{read_identity_pool, read_open_id_providers};
use crate::core::services::appsync::AppSyncSettings;
use crate::core::services::dynamodb::read_tables;
use crate::core::services::s3::read_buckets;
use crate::core::wire::region::is_region;
use crate::core::world::hooks::Hooks;
use crate::core::world::random::Random;
use crate::core::world::settings::{ConfigError, list, located, nothing_else, read_all, string};

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
        let hooks = read_all(list(&mut root, "Lambda", "the file")?, "Lambda")?;
        let hooks = Hooks::new(hooks).map_err(|text| ConfigError(format!("Lambda: {text}")))?;
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
            hooks,
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
