//! The configuration: every setting checked once, every endpoint derived once.

mod amplify;
mod check;
mod graphql;
mod identity_pool;
mod origin;
mod partition;

use crate::encode::authority;
use crate::error::Error;
use crate::json::Value;
use check::Settings;
pub(crate) use check::is_region;
pub use graphql::{AppSync, AuthMode};
pub use identity_pool::{BasicFlow, IdentityPool};
pub use origin::{Auth, OriginRule};

/// A checked configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The AWS region, such as `eu-west-1`.
    pub region: String,
    /// The user pool, if one is used.
    pub user_pool: Option<UserPool>,
    /// The identity pool, if one is used.
    pub identity_pool: Option<IdentityPool>,
    /// Other OpenID Connect providers to sign in with, without the user pool.
    pub oidc_providers: Vec<OidcProvider>,
    /// Which credential goes to which origin.
    pub origins: Vec<OriginRule>,
    /// The AppSync GraphQL API.
    pub graphql: Option<AppSync>,
    /// The AppSync Events API.
    pub events: Option<AppSync>,
    /// Where sessions are kept.
    pub storage: Storage,
    /// The address of `poolpass-local`, without a slash at the end; `None` for AWS.
    pub endpoint: Option<String>,
}

/// A user pool and its app client.
#[derive(Clone, Debug, Default)]
pub struct UserPool {
    /// `<region>_<name>`
    pub id: String,
    /// The app client's id. The client must have no secret.
    pub client_id: String,
    /// Hosted UI, if it is used.
    pub oauth: Option<OAuth>,
}

/// The hosted UI (managed login) of a user pool.
#[derive(Clone, Debug, Default)]
pub struct OAuth {
    /// Host of the pool's domain.
    pub domain: String,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Callback URLs registered with the app client.
    pub redirect_sign_in: Vec<String>,
    /// Sign-out URLs registered with the app client.
    pub redirect_sign_out: Vec<String>,
}

/// An OpenID Connect provider that is asked directly.
#[derive(Clone, Debug, Default)]
pub struct OidcProvider {
    /// What the app calls it.
    pub name: String,
    /// Its `issuer`, which its discovery document and its tokens have to repeat.
    pub issuer: String,
    /// The client registered there: a public one, without a secret.
    pub client_id: String,
    /// Scopes to ask for; `openid` is one of them.
    pub scopes: Vec<String>,
    /// Callback URLs registered there.
    pub redirect_sign_in: Vec<String>,
}

/// Where sessions are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage {
    /// `localStorage`: shared by all tabs, kept until sign-out.
    #[default]
    Local,
    /// `sessionStorage`: of one tab, gone with it.
    Session,
    /// This page's memory: gone with a reload.
    Memory,
    /// An object of the app with `getItem`, `setItem` and `removeItem`.
    Custom,
}

impl Config {
    /// Reads a configuration: ours, an `amplify_outputs.json`, an Amplify v6 `{Auth: {Cognito}}` object or
    /// an `aws-exports` object. `endpoint` and `storage` may stand beside the contents of the latter three.
    ///
    /// # Errors
    /// `bad_config`, naming the first setting that is unknown, malformed, missing or contradicts another.
    pub fn read(json: &Value) -> Result<Self, Error> {
        let translated = amplify::translate(json)?;
        let root = Settings::root(translated.as_ref().unwrap_or(json))?;
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
        let mut config = Self { storage: storage(&root)?, endpoint: endpoint(&root)?, ..Self::default() };
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
            config.graphql = Some(AppSync::read(&settings)?);
        }
        if let Some(settings) = root.object("events")? {
            config.events = Some(AppSync::read(&settings)?);
        }
        config.region = config.find_region(root.text("region")?)?.to_owned();
        Ok(config)
    }

    /// The region, which every id has to agree with where it is written down.
    fn find_region<'a>(&'a self, written: Option<&'a str>) -> Result<&'a str, Error> {
        let user_pool = self.user_pool.as_ref().and_then(|pool| pool.id.split_once('_'));
        let identity_pool = self.identity_pool.as_ref().and_then(|pool| pool.id.split_once(':'));
        let Some((of_pool, _)) = user_pool.or(identity_pool) else {
            return Err(check::bad("userPool", "or identityPool is required"));
        };
        let region = written.unwrap_or(of_pool);
        for (key, id) in [("userPool.userPoolId", user_pool), ("identityPool.identityPoolId", identity_pool)] {
            if id.is_some_and(|(of_id, _)| of_id != region) {
                return Err(check::bad(key, "is not of the region that is set"));
            }
        }
        Ok(region)
    }

    /// The user pool.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_user_pool(&self) -> Result<&UserPool, Error> {
        self.user_pool.as_ref().ok_or_else(|| check::bad("userPool", "is required for this"))
    }

    /// The hosted UI.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oauth(&self) -> Result<&OAuth, Error> {
        self.require_user_pool()?.oauth.as_ref().ok_or_else(|| check::bad("userPool.oauth", "is required for this"))
    }

    /// An OpenID Connect provider by its name.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_oidc_provider(&self, name: &str) -> Result<&OidcProvider, Error> {
        let found = self.oidc_providers.iter().find(|provider| provider.name == name);
        found.ok_or_else(|| check::bad("oidcProviders", "has no provider of this name"))
    }

    /// What this app's records are kept under: one user pool client's, or one identity pool's.
    pub fn namespace(&self) -> &str {
        let pool = self.user_pool.as_ref().map(|pool| pool.client_id.as_str());
        pool.or(self.identity_pool.as_ref().map(|pool| pool.id.as_str())).unwrap_or_default()
    }

    /// Address of the hosted UI, without a slash at the end.
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

    /// `iss` of the user pool's tokens: its two forms (AWS: `IssuerConfigurationType`).
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn issuers(&self) -> Result<[String; 2], Error> {
        let pool = self.require_user_pool()?;
        let suffix = partition::dns_suffix(&self.region);
        Ok(["https://cognito-idp.", "https://issuer-cognito-idp."]
            .map(|start| [start, &self.region, ".", suffix, "/", &pool.id].concat()))
    }

    /// URL of the user pool's public keys.
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn jwks_url(&self) -> Result<String, Error> {
        Ok([&self.idp_url(), &self.require_user_pool()?.id, "/.well-known/jwks.json"].concat())
    }

    /// The identity pool.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_identity_pool(&self) -> Result<&IdentityPool, Error> {
        self.identity_pool.as_ref().ok_or_else(|| check::bad("identityPool", "is required for this"))
    }

    /// URL of the user pool service (`cognito-idp`).
    pub fn idp_url(&self) -> String {
        self.service_url("https://cognito-idp.")
    }

    /// URL of the identity pool service (`cognito-identity`).
    pub fn identity_url(&self) -> String {
        self.service_url("https://cognito-identity.")
    }

    /// URL of the Security Token Service (`sts`).
    pub fn sts_url(&self) -> String {
        self.service_url("https://sts.")
    }

    fn service_url(&self, start: &str) -> String {
        match &self.endpoint {
            Some(endpoint) => [endpoint, "/"].concat(),
            None => [start, &self.region, ".", partition::dns_suffix(&self.region), "/"].concat(),
        }
    }

    /// The user pool's name in an identity pool's logins: its issuer without `https://`.
    ///
    /// # Errors
    /// `bad_config` if no user pool is configured.
    pub fn login_name(&self) -> Result<String, Error> {
        let suffix = partition::dns_suffix(&self.region);
        Ok(["cognito-idp.", &self.region, ".", suffix, "/", &self.require_user_pool()?.id].concat())
    }
}

impl UserPool {
    /// The part of the id behind `_`, which SRP hashes.
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    fn read(&mut self, settings: &Settings<'_>) -> Result<(), Error> {
        settings.only(&["userPoolId", "userPoolClientId", "oauth"])?;
        settings.required("userPoolId")?.clone_into(&mut self.id);
        if !check::is_user_pool_id(&self.id) {
            return Err(settings.bad("userPoolId", "is not of the form <region>_<name>"));
        }
        settings.required("userPoolClientId")?.clone_into(&mut self.client_id);
        if !check::is_client_id(&self.client_id) {
            return Err(settings.bad("userPoolClientId", "is not an app client id"));
        }
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
        settings.texts("scopes", &mut self.scopes)?;
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
        settings.texts("scopes", &mut provider.scopes)?;
        if !provider.scopes.iter().any(|scope| scope == "openid") {
            provider.scopes.insert(0, "openid".to_owned());
        }
        settings.urls("redirectSignIn", &mut provider.redirect_sign_in)?;
        Ok(provider)
    }
}

fn storage(root: &Settings<'_>) -> Result<Storage, Error> {
    match root.text("storage")? {
        None | Some("local") => Ok(Storage::Local),
        Some("session") => Ok(Storage::Session),
        Some("memory") => Ok(Storage::Memory),
        Some("custom") => Ok(Storage::Custom),
        Some("cookie" | "worker") => Err(root.bad("storage", "'cookie' and 'worker' are not there yet")),
        Some(_) => Err(root.bad("storage", "must be 'local', 'session', 'memory' or an object")),
    }
}

fn endpoint(root: &Settings<'_>) -> Result<Option<String>, Error> {
    let Some(url) = root.text("endpoint")? else { return Ok(None) };
    let base = url.strip_suffix('/').unwrap_or(url);
    if check::is_endpoint(base) {
        Ok(Some(base.to_owned()))
    } else {
        Err(root.bad("endpoint", "must be https://host or, on this machine, http://localhost:port"))
    }
}
