//! The settings of an external OpenID Connect provider.

use super::check::{self, Settings};
use crate::error::{Error, SettingProblem};

/// An OpenID Connect provider for direct sign-in.
#[derive(Clone, Debug)]
pub struct OidcProvider {
    name: String,
    issuer: String,
    client_id: String,
    scopes: Vec<String>,
    redirect_sign_in: Vec<String>,
}

impl OidcProvider {
    pub(super) fn read(name: &str, settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["issuer", "clientId", "scopes", "redirectSignIn"])?;
        let issuer = settings.required("issuer")?;
        if !check::is_safe_url(issuer) {
            return Err(settings.bad("issuer", SettingProblem::NotSafeUrl));
        }
        let client_id = settings.required("clientId")?;
        let mut scopes = settings.strings("scopes")?;
        if !scopes.iter().any(|scope| scope == "openid") {
            scopes.insert(0, "openid".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            scopes,
            redirect_sign_in: settings.urls("redirectSignIn")?,
        })
    }

    /// The app's name for it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its `issuer`, which its discovery document and its tokens must repeat.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The name in an identity pool's logins: the issuer without its scheme.
    pub fn login_name(&self) -> &str {
        self.issuer.split_once(':').map_or("", |(_, name)| name.trim_start_matches('/'))
    }

    /// The client registered with the provider: a public client, without a secret.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The scopes to request, including `openid`.
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Callback URLs registered with the provider.
    pub fn redirect_sign_in(&self) -> &[String] {
        &self.redirect_sign_in
    }
}
