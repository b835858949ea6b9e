//! ID tokens of external OpenID Connect providers, each under its own key.

use super::Core;
use super::lifetime::Lifetime;
use super::storage;
use crate::config::Config;
use crate::error::Error;
use crate::json::{Value, Writer};
use crate::jwt::Claims;
use crate::platform::Platform;
use crate::secret::Secret;

const VERSION: i64 = 1;

impl Core {
    /// Stores a provider's ID token.
    pub(crate) async fn store_provider_token<P: Platform>(
        &self,
        platform: &P,
        provider: &str,
        id_token: &Secret<String>,
    ) -> Result<(), Error> {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.secret("idToken", id_token);
        json.integer("receivedAt", platform.now_ms());
        storage::set(platform, key(&self.config, provider), json.finish()).await
    }

    /// A provider's ID token with its claims, until it expires.
    pub(crate) async fn provider_token<P: Platform>(
        &self,
        platform: &P,
        provider: &str,
    ) -> Result<Option<(Secret<String>, Claims)>, Error> {
        let provider = self.config.require_oidc_provider(provider)?;
        let key = || key(&self.config, provider.name());
        let Some(text) = storage::get(platform, key()).await? else { return Ok(None) };
        let read = || {
            let json = Value::parse(text.expose_secret()).filter(|json| json.integer("v") == Some(VERSION))?;
            let token = json.secret("idToken")?;
            let claims = Claims::read(token.expose_secret())?;
            let lifetime = Lifetime {
                received_at_ms: json.integer("receivedAt")?,
                duration_ms: claims.expires_at_ms()?.saturating_sub(claims.issued_at_ms()?),
            };
            let is_from_provider = claims.json().str("iss") == Some(provider.issuer());
            (is_from_provider && lifetime.has_left(platform.now_ms(), 0)).then_some((token, claims))
        };
        let found = read();
        if found.is_none() {
            storage::remove(platform, key()).await?;
        }
        Ok(found)
    }

    /// Removes all providers' tokens.
    pub(crate) async fn remove_provider_tokens<P: Platform>(&self, platform: &P) -> Result<(), Error> {
        for provider in self.config.provider_names() {
            storage::remove(platform, key(&self.config, provider)).await?;
        }
        Ok(())
    }
}

fn key(config: &Config, provider: &str) -> String {
    ["poolpass.v1.", config.namespace(), ".provider.", provider].concat()
}
