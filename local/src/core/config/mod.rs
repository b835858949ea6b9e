//! What an emulator starts with: the built-in seed, or a TOML file in the same form.

mod build;
mod issuer;
mod pool;
mod read;
mod user;

use issuer::Issuer;
use pool::PoolConfig;

use crate::core::identity_pools::IdentityPoolConfig;
pub use crate::core::world::settings::ConfigError;
use std::sync::Arc;

use crate::core::directory::is_app_address;
use crate::core::iam::Role;
use crate::core::identity_pools::OpenIdProvider;
use crate::core::services::api::Api;
use crate::core::services::appsync::AppSyncSettings;
use crate::core::services::dynamodb::Table;
use crate::core::services::s3::Bucket;
use crate::core::world::hooks::Hooks;
use crate::core::world::origins::origin_of;

/// The built-in seed. It is documented in its comments and serves as the example of a configuration file.
pub const SEED: &str = include_str!("../../../seed.toml");

/// Pools, clients, groups and users to start with. [`Config::default`] is the built-in seed.
pub struct Config {
    pub(crate) region: String,
    pub(crate) issuer: Issuer,
    /// Pages that may administrate and control the emulator, beside those of [`Self::local_app_origins`].
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) pools: Vec<PoolConfig>,
    pub(crate) roles: Vec<Arc<Role>>,
    pub(crate) open_id_providers: Vec<OpenIdProvider>,
    pub(crate) identity_pools: Vec<IdentityPoolConfig>,
    pub(crate) apis: Vec<Api>,
    pub(crate) appsync: Option<AppSyncSettings>,
    pub(crate) tables: Vec<Table>,
    pub(crate) buckets: Vec<Bucket>,
    pub(crate) hooks: Hooks,
}

impl Config {
    pub(crate) fn pool_ids(&self) -> impl Iterator<Item = &str> {
        self.pools.iter().map(|pool| pool.id.as_str())
    }

    /// Registers an app's address with every client, to come back to after signing in and out.
    ///
    /// # Errors
    /// [`ConfigError`] when Amazon Cognito would not take such an address.
    pub fn add_app_url(&mut self, url: &str) -> Result<(), ConfigError> {
        if !is_app_address(url) {
            return Err(ConfigError(format!(
                "{url} can't be an app's address: it must be absolute and without a fragment, and https, \
                 http for localhost, 127.0.0.1 and [::1], or an app's own scheme"
            )));
        }
        let clients = self.pools.iter_mut().flat_map(|pool| &mut pool.clients);
        clients.for_each(|(_, settings)| settings.add_app_url(url));
        self.allowed_origins.extend(origin_of(url));
        Ok(())
    }

    /// Lets pages of an origin, such as `http://localhost:8080`, administrate and control the emulator.
    ///
    /// # Errors
    /// [`ConfigError`] when it is not an origin of web pages.
    pub fn allow_origin(&mut self, origin: &str) -> Result<(), ConfigError> {
        let read = origin_of(origin).filter(|read| *read == origin.to_ascii_lowercase());
        let read = read.ok_or_else(|| {
            ConfigError(format!(
                "{origin} is not an origin: write http or https, ://, and a host with its port, nothing else"
            ))
        })?;
        self.allowed_origins.push(read);
        Ok(())
    }

    /// Chooses the issuer of tokens and discovery documents: `aws`, `local` for the address that the emulator is served at, or an
    /// address without a slash at its end.
    ///
    /// # Errors
    /// [`ConfigError`] for other words.
    pub fn set_issuer(&mut self, issuer: &str) -> Result<(), ConfigError> {
        self.issuer = Issuer::read(issuer).map_err(ConfigError)?;
        Ok(())
    }

    /// The origins whose pages may administrate and control the emulator: those that are allowed, and its apps on this machine.
    pub(crate) fn allowed_origins(&self) -> impl Iterator<Item = String> {
        self.allowed_origins.iter().cloned().chain(self.local_app_origins())
    }

    /// The origins of those addresses of clients that are on this machine.
    fn local_app_origins(&self) -> impl Iterator<Item = String> {
        let clients = self.pools.iter().flat_map(|pool| &pool.clients);
        let urls = clients.flat_map(|(_, settings)| settings.callback_urls.iter().chain(&settings.logout_urls));
        urls.filter_map(|url| origin_of(url)).filter(|origin| origin.starts_with("http:"))
    }

    /// What a person needs to begin: endpoint-independent lines about pools, clients and test users.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for pool in &self.pools {
            text += &format!("  user pool  {}\n", pool.id);
            for (id, settings) in &pool.clients {
                text += &format!("  client     {id}  ({})\n", settings.client_name);
            }
            for user in &pool.users {
                text += &format!(
                    "  user       {:<10} {:<18} {}\n",
                    user.username,
                    user.password.as_deref().unwrap_or("-"),
                    user.note
                );
            }
        }
        for pool in &self.identity_pools {
            text += &format!("  identities {}\n", pool.id);
        }
        for key in self.appsync.iter().flat_map(|settings| &settings.api_keys) {
            text += &format!("  AppSync    /graphql and /event with the API key {}\n", key.id);
        }
        text
    }
}

impl Default for Config {
    fn default() -> Self {
        // The seed is part of the program; a test reads it.
        Self::from_toml(SEED).unwrap_or_else(|error| unreachable!("{error}"))
    }
}
