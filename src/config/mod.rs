//! The configuration: checks every setting once and derives every endpoint once.

mod amplify;
mod check;
mod graphql;
mod identity_pool;
mod origin;
mod partition;

use std::str::FromStr;

use crate::encode::authority;
use crate::error::{BadSetting, Error, ErrorKind};
use crate::json::Value;
use check::Settings;
pub(crate) use check::is_region;
pub use graphql::{AppSync, AppSyncApi, AuthMode};
pub use identity_pool::{BasicFlow, IdentityPool};
pub use origin::{Auth, OriginRule};

/// A checked configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The region of an AppSync API that names none, such as `eu-west-1`. Each pool is in the region that its id names.
    pub region: String,
    /// The user pool, if one is used.
    pub user_pool: Option<UserPool>,
    /// The identity pool, if one is used.
    pub identity_pool: Option<IdentityPool>,
    /// Other OpenID Connect providers for direct sign-in, without the user pool.
    pub oidc_providers: Vec<OidcProvider>,
    /// The credential for each origin.
    pub origins: Vec<OriginRule>,
    /// The AppSync GraphQL API.
    pub graphql: Option<AppSync>,
    /// The AppSync Events API.
    pub events: Option<AppSync>,
    /// Where sessions are stored.
    pub storage: Storage,
    /// The address of `poolpass-local`, without a slash at the end; `None` for AWS.
    pub endpoint: Option<String>,
    /// The names of the settings in the form that the app wrote; empty for ours.
    names: amplify::Names,
}

/// A user pool and its app client.
#[derive(Clone, Debug, Default)]
pub struct UserPool {
    /// `<region>_<name>`
    pub id: String,
    /// The app client's id. The client must have no secret.
    pub client_id: String,
    /// The address of a proxy of the user pool service, without a slash at the end.
    pub endpoint: Option<String>,
    /// Hosted UI, if it is used.
    pub oauth: Option<OAuth>,
}

/// The hosted UI (managed login) of a user pool.
#[derive(Clone, Debug, Default)]
pub struct OAuth {
    /// The host of the pool's domain.
    pub domain: String,
    /// The scopes to request.
    pub scopes: Vec<String>,
    /// Callback URLs registered with the app client.
    pub redirect_sign_in: Vec<String>,
    /// Sign-out URLs registered with the app client.
    pub redirect_sign_out: Vec<String>,
}

/// An OpenID Connect provider for direct sign-in.
#[derive(Clone, Debug, Default)]
pub struct OidcProvider {
    /// The app's name for it.
    pub name: String,
    /// Its `issuer`, which its discovery document and its tokens must repeat.
    pub issuer: String,
    /// The client registered with the provider: a public client, without a secret.
    pub client_id: String,
    /// The scopes to request, including `openid`.
    pub scopes: Vec<String>,
    /// Callback URLs registered with the provider.
    pub redirect_sign_in: Vec<String>,
}

/// Where sessions are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// `localStorage`: shared by all tabs until sign-out.
    #[default]
    Local,
    /// `sessionStorage`: for one tab until it closes.
    Session,
    /// This page's memory, until a reload.
    Memory,
    /// An object of the app with `getItem`, `setItem` and `removeItem`.
    Custom,
}

impl Config {
    /// Reads a configuration: ours, an `amplify_outputs.json`, an Amplify v6 `{Auth: {Cognito}}` object or
    /// an `aws-exports` object. The latter three may also contain our settings, such as `endpoint` and `storage`.
    ///
    /// # Errors
    /// `bad_config` for the first setting that is unknown, malformed or missing, with its name in the form that was read.
    pub fn read(json: &Value) -> Result<Self, Error> {
        match amplify::translate(json) {
            Some((ours, names)) => Self::read_ours(&ours, names).map_err(|error| in_their_words(error, names, json)),
            None => Self::read_ours(json, &[]),
        }
    }

    fn read_ours(json: &Value, names: amplify::Names) -> Result<Self, Error> {
        let root = Settings::root(json)?;
        root.only(&[
            "region",
            "userPool",
            "identityPool",
            "oidcProviders",
            "origins",
            "graphql",
            "events",
            "storage",
            "endpoint",
        ])?;
        let mut config = Self { storage: storage(&root)?, endpoint: endpoint(&root)?, names, ..Self::default() };
        if let Some(settings) = root.object("userPool")? {
            config.user_pool.insert(UserPool::default()).read(&settings)?;
        }
        if let Some(settings) = root.object("identityPool")? {
            config.identity_pool.insert(IdentityPool::default()).read(&settings)?;
        }
        if let Some(settings) = root.object("oidcProviders")? {
            config.oidc_providers = settings.entries(OidcProvider::read)?;
        }
        config.origins = root.objects("origins", OriginRule::read)?;
        if let Some(settings) = root.object("graphql")? {
            config.graphql = Some(AppSync::read(&settings, AppSyncApi::GraphQl)?);
        }
        if let Some(settings) = root.object("events")? {
            config.events = Some(AppSync::read(&settings, AppSyncApi::Events)?);
        }
        config.region = config.find_region(root.str("region")?)?.to_owned();
        Ok(config)
    }

    /// The configured region, or else the user pool's, or else the identity pool's.
    fn find_region<'a>(&'a self, written: Option<&'a str>) -> Result<&'a str, Error> {
        let user_pool = self.user_pool.as_ref().map(UserPool::region);
        let Some(of_pool) = user_pool.or_else(|| self.identity_pool.as_ref().map(IdentityPool::region)) else {
            return Err(check::bad("userPool", "is required, unless there is an identity pool"));
        };
        match written {
            Some(region) if !check::is_region(region) => Err(check::bad("region", "is not an AWS region")),
            written => Ok(written.unwrap_or(of_pool)),
        }
    }

    /// The name of a setting in the form that the app wrote.
    pub(crate) fn name_of(&self, key: &'static str) -> &'static str {
        amplify::their_name(self.names, key).unwrap_or(key)
    }

    /// The error that a setting is wrong or missing, with its name in the form that the app wrote.
    pub(crate) fn bad(&self, key: &str, problem: &'static str) -> Error {
        in_their_words(check::bad(key, problem), self.names, &Value::Null)
    }

    /// The user pool.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_user_pool(&self) -> Result<&UserPool, Error> {
        self.user_pool.as_ref().ok_or_else(|| self.bad("userPool", "is required for this"))
    }

    /// The hosted UI.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oauth(&self) -> Result<&OAuth, Error> {
        self.require_user_pool()?.oauth.as_ref().ok_or_else(|| self.bad("userPool.oauth", "is required for this"))
    }

    /// An OpenID Connect provider by its name.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oidc_provider(&self, name: &str) -> Result<&OidcProvider, Error> {
        let found = self.oidc_providers.iter().find(|provider| provider.name == name);
        found.ok_or_else(|| self.bad("oidcProviders", "has no provider of this name"))
    }

    /// The prefix of this app's stored records: the app client's ID, or else the identity pool's.
    pub fn namespace(&self) -> &str {
        let pool = self.user_pool.as_ref().map(|pool| pool.client_id.as_str());
        pool.or(self.identity_pool.as_ref().map(|pool| pool.id.as_str())).unwrap_or_default()
    }

    /// The address of the hosted UI, without a slash at the end.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn hosted_ui_url(&self) -> Result<String, Error> {
        let oauth = self.require_oauth()?;
        Ok(match &self.endpoint {
            Some(endpoint) => endpoint.clone(),
            None => ["https://", &oauth.domain].concat(),
        })
    }

    /// The two possible values of `iss` in the user pool's tokens (AWS: `IssuerConfigurationType`).
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn issuers(&self) -> Result<[String; 2], Error> {
        let pool = self.require_user_pool()?;
        let region = pool.region();
        let suffix = partition::dns_suffix(region);
        Ok(["https://cognito-idp.", "https://issuer-cognito-idp."]
            .map(|start| [start, region, ".", suffix, "/", &pool.id].concat()))
    }

    /// The URL of the user pool's public keys.
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn jwks_url(&self) -> Result<String, Error> {
        let pool = self.require_user_pool()?;
        // A proxy of the API need not have the keys.
        let service = self.service_url("https://cognito-idp.", Some(pool.region()), None);
        Ok([&service, &pool.id, "/.well-known/jwks.json"].concat())
    }

    /// The identity pool.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_identity_pool(&self) -> Result<&IdentityPool, Error> {
        self.identity_pool.as_ref().ok_or_else(|| self.bad("identityPool", "is required for this"))
    }

    /// The URL of the user pool service (`cognito-idp`), in the user pool's region.
    pub fn idp_url(&self) -> String {
        let pool = self.user_pool.as_ref();
        let proxy = pool.and_then(|pool| pool.endpoint.as_deref());
        self.service_url("https://cognito-idp.", pool.map(UserPool::region), proxy)
    }

    /// The URL of the identity pool service (`cognito-identity`), in the identity pool's region.
    pub fn identity_url(&self) -> String {
        let pool = self.identity_pool.as_ref();
        let proxy = pool.and_then(|pool| pool.endpoint.as_deref());
        self.service_url("https://cognito-identity.", pool.map(IdentityPool::region), proxy)
    }

    /// The URL of the Security Token Service (`sts`), in the identity pool's region.
    pub fn sts_url(&self) -> String {
        self.service_url("https://sts.", self.identity_pool.as_ref().map(IdentityPool::region), None)
    }

    /// The address of `poolpass-local`, or else of the proxy, or else of AWS.
    fn service_url(&self, start: &str, region: Option<&str>, proxy: Option<&str>) -> String {
        let region = region.unwrap_or(&self.region);
        match self.endpoint.as_deref().or(proxy) {
            Some(endpoint) => [endpoint, "/"].concat(),
            None => [start, region, ".", partition::dns_suffix(region), "/"].concat(),
        }
    }

    /// The user pool's name in an identity pool's logins: its issuer without `https://`.
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn login_name(&self) -> Result<String, Error> {
        let pool = self.require_user_pool()?;
        let region = pool.region();
        Ok(["cognito-idp.", region, ".", partition::dns_suffix(region), "/", &pool.id].concat())
    }
}

impl FromStr for Config {
    type Err = Error;

    /// Reads a configuration's JSON text, as [`Config::read`].
    fn from_str(json: &str) -> Result<Self, Error> {
        match Value::parse(json) {
            Some(json) => Self::read(&json),
            None => Err(check::bad("the configuration", "is not valid JSON")),
        }
    }
}

/// An error of a setting, with Amplify's name for it unless the app wrote our name beside Amplify's.
fn in_their_words(error: Error, names: amplify::Names, written: &Value) -> Error {
    let ErrorKind::Config(BadSetting { key, problem }) = error.kind() else { return error };
    let is_ours = key.split('.').next().is_some_and(|group| written.get(group).is_some());
    match amplify::their_name(names, key).filter(|_| !is_ours) {
        Some(name) => check::bad(name, problem),
        None => error,
    }
}

impl UserPool {
    /// The region: the part of the ID before `_`.
    pub fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }

    /// The part of the ID after `_`, which SRP hashes.
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    fn read(&mut self, settings: &Settings<'_>) -> Result<(), Error> {
        settings.only(&["userPoolId", "userPoolClientId", "endpoint", "oauth"])?;
        settings.required("userPoolId")?.clone_into(&mut self.id);
        if !check::is_user_pool_id(&self.id) {
            return Err(settings.bad("userPoolId", "is not of the form <region>_<name>"));
        }
        settings.required("userPoolClientId")?.clone_into(&mut self.client_id);
        if !check::is_client_id(&self.client_id) {
            return Err(settings.bad("userPoolClientId", "is not an app client id"));
        }
        self.endpoint = settings.proxy()?;
        if let Some(oauth) = settings.object("oauth")? {
            self.oauth.insert(OAuth::default()).read(&oauth)?;
        }
        Ok(())
    }
}

impl OAuth {
    fn read(&mut self, settings: &Settings<'_>) -> Result<(), Error> {
        settings.only(&["domain", "scopes", "redirectSignIn", "redirectSignOut"])?;
        settings.required("domain")?.clone_into(&mut self.domain);
        if !authority::is_host_and_port(&self.domain) {
            return Err(settings.bad("domain", "must be a host name without https:// and path"));
        }
        settings.strings("scopes", &mut self.scopes)?;
        settings.urls("redirectSignIn", &mut self.redirect_sign_in)?;
        settings.urls("redirectSignOut", &mut self.redirect_sign_out)
    }
}

impl OidcProvider {
    fn read(name: &str, settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["issuer", "clientId", "scopes", "redirectSignIn"])?;
        let issuer = settings.required("issuer")?;
        if !check::is_safe_url(issuer) {
            return Err(settings.bad("issuer", "must be https://… or, on this machine, http://localhost…"));
        }
        let mut provider = Self {
            name: name.to_owned(),
            issuer: issuer.to_owned(),
            client_id: settings.required("clientId")?.to_owned(),
            ..Self::default()
        };
        settings.strings("scopes", &mut provider.scopes)?;
        if !provider.scopes.iter().any(|scope| scope == "openid") {
            provider.scopes.insert(0, "openid".to_owned());
        }
        settings.urls("redirectSignIn", &mut provider.redirect_sign_in)?;
        Ok(provider)
    }
}

fn storage(root: &Settings<'_>) -> Result<Storage, Error> {
    match root.str("storage")? {
        None | Some("local") => Ok(Storage::Local),
        Some("session") => Ok(Storage::Session),
        Some("memory") => Ok(Storage::Memory),
        Some("custom") => Ok(Storage::Custom),
        Some("cookie" | "worker") => Err(root.bad("storage", "does not support 'cookie' and 'worker' yet")),
        Some(_) => Err(root.bad("storage", "must be 'local', 'session', 'memory' or an object")),
    }
}

fn endpoint(root: &Settings<'_>) -> Result<Option<String>, Error> {
    let Some(url) = root.str("endpoint")? else { return Ok(None) };
    let base = url.strip_suffix('/').unwrap_or(url);
    if check::is_endpoint(base) {
        Ok(Some(base.to_owned()))
    } else {
        Err(root.bad("endpoint", "must be https://host or, on this machine, http://localhost:port"))
    }
}
