//! The settings of a user pool and of its hosted UI.

use super::Parts;
use super::check::{self, Settings};
use super::endpoint::service_url;
use super::partition::dns_suffix;
use crate::encode::authority;
use crate::error::{Error, SettingProblem};
use crate::secret::Secret;

/// A user pool and its app client.
#[derive(Clone, Debug)]
pub struct UserPool {
    id: String,
    client_id: String,
    idp_url: String,
    jwks_url: String,
    issuers: [String; 2],
    client_secret: Option<ClientSecret>,
    oauth: Option<OAuth>,
}

/// The secret of an app client.
#[derive(Clone, Debug)]
pub enum ClientSecret {
    /// The secret itself, which everybody who uses the app can read.
    Value(Secret<String>),
    /// A function of the app's asks its server for each hash: [`Request::hash_of`](crate::platform::Request::hash_of).
    Function,
}

/// The hosted UI (managed login) of a user pool.
#[derive(Clone, Debug)]
pub struct OAuth {
    url: String,
    scopes: Vec<String>,
    redirect_sign_in: Vec<String>,
    redirect_sign_out: Vec<String>,
}

impl UserPool {
    /// Reads the setting `userPool`. `emulator` is the address of `poolpass-local`, if it is used.
    pub(super) fn read(settings: &Settings<'_>, emulator: Option<&str>, parts: Parts) -> Result<Self, Error> {
        settings.only(&["userPoolId", "userPoolClientId", "clientSecret", "endpoint", "oauth"])?;
        let id = settings.required("userPoolId")?;
        if !check::is_user_pool_id(id) {
            return Err(settings.bad("userPoolId", SettingProblem::NoUserPoolId));
        }
        let client_id = settings.required("userPoolClientId")?;
        if !check::is_client_id(client_id) {
            return Err(settings.bad("userPoolClientId", SettingProblem::NoAppClientId));
        }
        let proxy = settings.proxy()?;
        let oauth = match settings.object("oauth")? {
            Some(oauth) if parts.hosted_ui => Some(OAuth::read(&oauth, emulator)?),
            _ => None,
        };
        let region = region(id);
        let idp_url = |proxy| service_url("https://cognito-idp.", region, emulator, proxy);
        let issuer = |start: &str| [start, region, ".", dns_suffix(region), "/", id].concat();
        Ok(Self {
            id: id.to_owned(),
            client_id: client_id.to_owned(),
            idp_url: idp_url(proxy.as_deref()),
            // A proxy of the API need not have the keys.
            jwks_url: [&idp_url(None), id, "/.well-known/jwks.json"].concat(),
            issuers: ["https://cognito-idp.", "https://issuer-cognito-idp."].map(issuer),
            client_secret: client_secret(settings)?,
            oauth,
        })
    }

    /// The ID: `<region>_<name>`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region: the part of the ID before `_`.
    pub fn region(&self) -> &str {
        region(&self.id)
    }

    /// The part of the ID after `_`, which SRP hashes.
    pub fn name(&self) -> &str {
        self.id.split_once('_').map_or("", |(_, name)| name)
    }

    /// The app client's ID.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(super) fn ask_for_secret_hashes(&mut self) {
        self.client_secret = Some(ClientSecret::Function);
    }

    /// The secret, where the app has it.
    pub(crate) const fn secret_value(&self) -> Option<&Secret<String>> {
        match &self.client_secret {
            Some(ClientSecret::Value(secret)) => Some(secret),
            _ => None,
        }
    }

    /// Whether the app's server has the secret, and the app only gets hashes of it.
    pub(crate) const fn has_secret_at_server(&self) -> bool {
        matches!(self.client_secret, Some(ClientSecret::Function))
    }

    /// The app client's secret, if it has one.
    pub const fn client_secret(&self) -> Option<&ClientSecret> {
        self.client_secret.as_ref()
    }

    /// The URL of the user pool service (`cognito-idp`).
    pub fn idp_url(&self) -> &str {
        &self.idp_url
    }

    /// The URL of the public keys.
    pub fn jwks_url(&self) -> &str {
        &self.jwks_url
    }

    /// The two possible values of `iss` in the tokens (AWS: `IssuerConfigurationType`).
    pub const fn issuers(&self) -> &[String; 2] {
        &self.issuers
    }

    /// The name in an identity pool's logins: the issuer without `https://`.
    pub fn login_name(&self) -> &str {
        let [issuer, _] = &self.issuers;
        issuer.strip_prefix("https://").unwrap_or(issuer)
    }

    /// The hosted UI, if it is configured.
    pub const fn oauth(&self) -> Option<&OAuth> {
        self.oauth.as_ref()
    }
}

fn region(pool_id: &str) -> &str {
    pool_id.split_once('_').map_or("", |(region, _)| region)
}

/// The setting `clientSecret`: a text, or `true` where a function of the app's stands.
fn client_secret(settings: &Settings<'_>) -> Result<Option<ClientSecret>, Error> {
    if settings.bool("clientSecret").unwrap_or_default() {
        return Ok(Some(ClientSecret::Function));
    }
    match settings.str("clientSecret") {
        Ok(secret) => Ok(secret.map(|secret| ClientSecret::Value(Secret::from(secret)))),
        Err(_) => Err(settings.bad("clientSecret", SettingProblem::NotClientSecret)),
    }
}

impl OAuth {
    fn read(settings: &Settings<'_>, emulator: Option<&str>) -> Result<Self, Error> {
        settings.only(&["domain", "scopes", "redirectSignIn", "redirectSignOut"])?;
        let domain = settings.required("domain")?;
        if !authority::is_host_and_port(domain) {
            return Err(settings.bad("domain", SettingProblem::NotDomain));
        }
        Ok(Self {
            url: emulator.map_or_else(|| ["https://", domain].concat(), str::to_owned),
            scopes: settings.strings("scopes")?,
            redirect_sign_in: settings.urls("redirectSignIn")?,
            redirect_sign_out: settings.urls("redirectSignOut")?,
        })
    }

    /// The URL of the hosted UI, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The scopes to request.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Callback URLs registered with the app client.
    pub fn redirect_sign_in(&self) -> &[String] {
        &self.redirect_sign_in
    }

    /// Sign-out URLs registered with the app client.
    pub fn redirect_sign_out(&self) -> &[String] {
        &self.redirect_sign_out
    }
}
