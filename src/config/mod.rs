//! The configuration: every setting checked once, every endpoint derived once.

mod amplify;
mod check;
mod partition;

use crate::error::Error;
use crate::json::Value;
use check::Settings;

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The AWS region, such as `eu-west-1`.
    pub region: String,
    /// The user pool, if one is used.
    pub user_pool: Option<UserPool>,
    /// The identity pool, if one is used.
    pub identity_pool: Option<IdentityPool>,
    /// Where sessions are kept.
    pub storage: Storage,
    /// The address of `poolpass-local`, without a slash at the end; `None` for AWS.
    pub endpoint: Option<String>,
}

/// A user pool and its app client.
#[derive(Clone, Debug)]
pub struct UserPool {
    /// `<region>_<name>`
    pub id: String,
    /// The app client's id. The client must have no secret.
    pub client_id: String,
    /// Hosted UI, if it is used.
    pub oauth: Option<OAuth>,
}

/// The hosted UI (managed login) of a user pool.
#[derive(Clone, Debug)]
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

/// An identity pool.
#[derive(Clone, Debug)]
pub struct IdentityPool {
    /// `<region>:<uuid>`
    pub id: String,
    /// Whether guests may have credentials.
    pub allow_guest_access: bool,
}

/// Where sessions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Storage {
    /// `localStorage`: shared by all tabs, kept until sign-out.
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
        let ours = amplify::translate(json)?;
        let root = Settings::root(ours.as_ref().unwrap_or(json))?;
        root.only(&["region", "userPool", "identityPool", "storage", "endpoint"])?;
        let user_pool = root.object("userPool")?.map(|settings| UserPool::read(&settings)).transpose()?;
        let identity_pool = root.object("identityPool")?.map(|settings| IdentityPool::read(&settings)).transpose()?;
        let region = root.text("region")?;
        let from_pools = [
            ("userPool.userPoolId", user_pool.as_ref().and_then(|pool| pool.id.split_once('_'))),
            ("identityPool.identityPoolId", identity_pool.as_ref().and_then(|pool| pool.id.split_once(':'))),
        ];
        let mut known = region.clone();
        for (key, parts) in from_pools {
            let Some((pool_region, _)) = parts else { continue };
            // The two pools may live in different regions, but a region that is written down must be right.
            if region.as_deref().is_some_and(|region| region != pool_region) {
                return Err(check::bad(key, "is of another region than `region`"));
            }
            known.get_or_insert_with(|| pool_region.to_owned());
        }
        let Some(region) = known else { return Err(check::bad("userPool", "or identityPool is required")) };
        if user_pool.is_none() && identity_pool.is_none() {
            return Err(check::bad("userPool", "or identityPool is required"));
        }
        if !check::is_region(&region) {
            return Err(check::bad("region", "is not an AWS region"));
        }
        Ok(Self { region, user_pool, identity_pool, storage: storage(&root)?, endpoint: endpoint(&root)? })
    }

    /// The user pool.
    ///
    /// # Errors
    /// `bad_config` if none is configured.
    pub fn require_user_pool(&self) -> Result<&UserPool, Error> {
        self.user_pool.as_ref().ok_or_else(|| check::bad("userPool", "is required for this"))
    }

    /// URL of the user pool service (`cognito-idp`).
    pub fn idp_url(&self) -> String {
        match &self.endpoint {
            Some(endpoint) => [endpoint, "/"].concat(),
            None => ["https://cognito-idp.", &self.region, ".", partition::dns_suffix(&self.region), "/"].concat(),
        }
    }
}

impl UserPool {
    /// The part of the id behind `_`, which SRP hashes.
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["userPoolId", "userPoolClientId", "oauth"])?;
        let id = settings.required("userPoolId")?;
        if !check::is_user_pool_id(&id) {
            return Err(settings.bad("userPoolId", "is not of the form <region>_<name>"));
        }
        let client_id = settings.required("userPoolClientId")?;
        if !check::is_client_id(&client_id) {
            return Err(settings.bad("userPoolClientId", "is not an app client id"));
        }
        let oauth = settings.object("oauth")?.map(|oauth| OAuth::read(&oauth)).transpose()?;
        Ok(Self { id, client_id, oauth })
    }
}

impl OAuth {
    fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["domain", "scopes", "redirectSignIn", "redirectSignOut"])?;
        let domain = settings.required("domain")?;
        if domain.contains('/') {
            return Err(settings.bad("domain", "must be a host name without https:// and path"));
        }
        Ok(Self {
            domain,
            scopes: settings.texts("scopes")?,
            redirect_sign_in: settings.texts("redirectSignIn")?,
            redirect_sign_out: settings.texts("redirectSignOut")?,
        })
    }
}

impl IdentityPool {
    fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["identityPoolId", "allowGuestAccess"])?;
        let id = settings.required("identityPoolId")?;
        if !check::is_identity_pool_id(&id) {
            return Err(settings.bad("identityPoolId", "is not of the form <region>:<uuid>"));
        }
        Ok(Self { id, allow_guest_access: settings.truth("allowGuestAccess")?.unwrap_or(false) })
    }
}

fn storage(root: &Settings<'_>) -> Result<Storage, Error> {
    match root.text("storage")?.as_deref() {
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
    let base = url.strip_suffix('/').unwrap_or(&url);
    if check::is_endpoint(base) {
        Ok(Some(base.to_owned()))
    } else {
        Err(root.bad("endpoint", "must be https://host or, on this machine, http://localhost:port"))
    }
}
