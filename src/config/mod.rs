//! The configuration. Every setting is checked once, and every endpoint is derived once.

mod amplify;
mod check;
mod endpoint;
mod graphql;
mod identity_pool;
mod oidc_provider;
mod origin;
mod partition;
mod user_pool;

use std::rc::Rc;
use std::str::FromStr;

use crate::error::{BadSetting, Error, ErrorKind, SettingProblem};
use crate::json::Value;
use check::Settings;
pub(crate) use check::is_region;
pub use graphql::{AppSync, AppSyncApi, AuthMode};
pub use identity_pool::{BasicFlow, IdentityPool};
pub use oidc_provider::OidcProvider;
pub use origin::{Auth, OriginRule};
pub use user_pool::{ClientSecret, OAuth, UserPool};

/// A checked configuration, with a user pool or an identity pool or both.
#[derive(Clone, Debug)]
pub struct Config {
    region: String,
    namespace: String,
    user_pool: Option<Rc<UserPool>>,
    identity_pool_id: Option<String>,
    identity_pool: Option<IdentityPool>,
    provider_names: Vec<String>,
    oidc_providers: Vec<OidcProvider>,
    origins: Vec<OriginRule>,
    graphql: Option<AppSync>,
    events: Option<AppSync>,
    storage: Storage,
    /// The names of the settings in the form that the app wrote.
    names: amplify::Names,
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

/// The parts of a configuration that an app uses, beside the user pool, `origins` and `storage`. Pages of one app may share one
/// configuration and use different parts. Of a part that is not used, the kit reads only where its data is stored: a
/// sign-out removes it.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The hosted UI, and `oidcProviders`.
    pub hosted_ui: bool,
    /// The identity pool, `graphql`, `events`, and `region`.
    pub aws: bool,
}

impl Config {
    /// Reads a configuration: ours, an `amplify_outputs.json`, an Amplify v6 `{Auth: {Cognito}}` object or
    /// an `aws-exports` object. The latter three may also contain our settings, such as `endpoint` and `storage`.
    ///
    /// # Errors
    /// `bad_config` for the first setting that is unknown, malformed or missing, with its name in the form that was read.
    pub fn read(json: &Value) -> Result<Self, Error> {
        Self::read_parts(json, Parts { hosted_ui: true, aws: true })
    }

    /// Reads some parts of a configuration. The settings of the others are neither checked nor used.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn read_parts(json: &Value, parts: Parts) -> Result<Self, Error> {
        match amplify::translate(json, parts) {
            Some((ours, names)) => {
                Self::read_ours(&ours, names, parts).map_err(|error| in_their_words(error, names, json))
            }
            None => Self::read_ours(json, amplify::OUR_NAMES, parts),
        }
    }

    fn read_ours(json: &Value, names: amplify::Names, parts: Parts) -> Result<Self, Error> {
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
        let storage = storage(&root)?;
        let emulator = emulator(&root)?;
        let emulator = emulator.as_deref();
        let user_pool = match root.object("userPool")? {
            Some(settings) => Some(Rc::new(UserPool::read(&settings, emulator, parts)?)),
            None => None,
        };
        let (mut identity_pool_id, mut identity_pool) = (None, None);
        if let Some(settings) = root.object("identityPool")? {
            identity_pool_id = Some(identity_pool::id(&settings)?.to_owned());
            if parts.aws {
                identity_pool = Some(IdentityPool::read(&settings, emulator)?);
            }
        }
        let (mut provider_names, mut oidc_providers) = (Vec::new(), Vec::new());
        if let Some(settings) = root.object("oidcProviders")? {
            provider_names = settings.keys();
            if parts.hosted_ui {
                oidc_providers = settings.entries(OidcProvider::read)?;
            }
        }
        let origins = root.objects("origins", OriginRule::read)?;
        let (mut graphql, mut events) = (None, None);
        if parts.aws {
            graphql = AppSync::read_if_any(&root, AppSyncApi::GraphQl)?;
            events = AppSync::read_if_any(&root, AppSyncApi::Events)?;
        }
        let Some(namespace) = user_pool.as_ref().map(|pool| pool.client_id()).or(identity_pool_id.as_deref()) else {
            return Err(check::bad("userPool", SettingProblem::RequiredWithoutIdentityPool));
        };
        let pool_region = || {
            let identity_pool = identity_pool.as_ref().map_or("", |pool| pool.region());
            user_pool.as_ref().map_or(identity_pool, |pool| pool.region())
        };
        let region = match root.str("region")? {
            Some(region) if parts.aws && !check::is_region(region) => {
                return Err(check::bad("region", SettingProblem::NoAwsRegion));
            }
            written => written.unwrap_or_else(pool_region).to_owned(),
        };
        let namespace = namespace.to_owned();
        Ok(Self {
            region,
            namespace,
            user_pool,
            identity_pool_id,
            identity_pool,
            provider_names,
            oidc_providers,
            origins,
            graphql,
            events,
            storage,
            names,
        })
    }

    /// The region of an AppSync API that names none, such as `eu-west-1`: the configured one, or else the user pool's,
    /// or else the identity pool's.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The user pool, if one is configured.
    pub const fn user_pool(&self) -> Option<&Rc<UserPool>> {
        self.user_pool.as_ref()
    }

    /// The ID of the identity pool, whether the pool is used or not.
    pub(crate) fn identity_pool_id(&self) -> Option<&str> {
        self.identity_pool_id.as_deref()
    }

    /// The identity pool, if one is configured.
    pub const fn identity_pool(&self) -> Option<&IdentityPool> {
        self.identity_pool.as_ref()
    }

    /// The app's names of all OpenID Connect providers, whether they are used or not.
    pub(crate) fn provider_names(&self) -> &[String] {
        &self.provider_names
    }

    /// External OpenID Connect providers for direct sign-in, without the user pool.
    pub fn oidc_providers(&self) -> &[OidcProvider] {
        &self.oidc_providers
    }

    /// The credential for each origin.
    pub fn origins(&self) -> &[OriginRule] {
        &self.origins
    }

    /// An AppSync API, if it is configured.
    pub const fn appsync(&self, api: AppSyncApi) -> Option<&AppSync> {
        match api {
            AppSyncApi::GraphQl => self.graphql.as_ref(),
            AppSyncApi::Events => self.events.as_ref(),
        }
    }

    /// Where sessions are stored.
    pub const fn storage(&self) -> Storage {
        self.storage
    }

    /// The prefix of this app's stored records: the app client's ID, or else the identity pool's.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The name of a setting in the form that the app wrote.
    pub(crate) fn name_of(&self, key: &'static str) -> &'static str {
        amplify::their_name(self.names, key).unwrap_or(key)
    }

    /// The error that a setting is wrong or missing, with its name in the form that the app wrote.
    pub(crate) fn bad(&self, key: &str, problem: SettingProblem) -> Error {
        in_their_words(check::bad(key, problem), self.names, &Value::Null)
    }

    /// Says that the app client has a secret, and that a function of the app's asks its server for each hash
    /// ([`Request::hash_of`](crate::platform::Request::hash_of)).
    pub fn ask_for_secret_hashes(&mut self) {
        if let Some(pool) = &mut self.user_pool {
            Rc::make_mut(pool).ask_for_secret_hashes();
        }
    }

    /// The user pool, for operations that need one.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_user_pool(&self) -> Result<&Rc<UserPool>, Error> {
        self.user_pool.as_ref().ok_or_else(|| self.bad("userPool", SettingProblem::RequiredHere))
    }

    /// The user pool and its hosted UI, for operations that need them.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oauth(&self) -> Result<(&Rc<UserPool>, &OAuth), Error> {
        let pool = self.require_user_pool()?;
        let oauth = pool.oauth().ok_or_else(|| self.bad("userPool.oauth", SettingProblem::RequiredHere))?;
        Ok((pool, oauth))
    }

    /// The identity pool, for operations that need one.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_identity_pool(&self) -> Result<&IdentityPool, Error> {
        self.identity_pool.as_ref().ok_or_else(|| self.bad("identityPool", SettingProblem::RequiredHere))
    }

    /// An OpenID Connect provider by its name.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oidc_provider(&self, name: &str) -> Result<&OidcProvider, Error> {
        let found = self.oidc_providers.iter().find(|provider| provider.name() == name);
        found.ok_or_else(|| self.bad("oidcProviders", SettingProblem::UnknownProvider))
    }
}

impl FromStr for Config {
    type Err = Error;

    /// Reads a configuration's JSON text, as [`Config::read`].
    fn from_str(json: &str) -> Result<Self, Error> {
        match Value::parse(json) {
            Some(json) => Self::read(&json),
            None => Err(check::bad("the configuration", SettingProblem::NotJson)),
        }
    }
}

/// An error of a setting, with Amplify's name for it unless the app wrote our name beside Amplify's.
fn in_their_words(error: Error, names: amplify::Names, written: &Value) -> Error {
    let ErrorKind::Config(BadSetting { key, problem }) = error.kind() else { return error };
    let is_ours = key.split('.').next().is_some_and(|group| written.get(group).is_some());
    // An AppSync endpoint follows its key in brackets.
    let path = key.split(' ').next().unwrap_or_default();
    let value = key.strip_prefix(path).unwrap_or_default();
    match amplify::their_name(names, path).filter(|_| !is_ours) {
        Some(name) => check::bad(&[name, value].concat(), *problem),
        None => error,
    }
}

fn storage(root: &Settings<'_>) -> Result<Storage, Error> {
    match root.str("storage")? {
        None | Some("local") => Ok(Storage::Local),
        Some("session") => Ok(Storage::Session),
        Some("memory") => Ok(Storage::Memory),
        Some("custom") => Ok(Storage::Custom),
        Some("cookie" | "worker") => Err(root.bad("storage", SettingProblem::StorageUnsupported)),
        Some(_) => Err(root.bad("storage", SettingProblem::NotStorage)),
    }
}

/// The address of `poolpass-local`, without a slash at the end; `None` for AWS.
fn emulator(root: &Settings<'_>) -> Result<Option<String>, Error> {
    let Some(url) = root.str("endpoint")? else { return Ok(None) };
    let base = url.strip_suffix('/').unwrap_or(url);
    if check::is_endpoint(base) {
        Ok(Some(base.to_owned()))
    } else {
        Err(root.bad("endpoint", SettingProblem::NotOrigin))
    }
}
