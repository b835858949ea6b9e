//! The logins for an identity pool, and the user that they belong to.

use super::store::Slot;
use super::{Core, ends_session};
use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::error::{Error, Misuse, SettingProblem};
use crate::identity::Logins;
use crate::jwt::Claims;
use crate::platform::Platform;
use crate::secret::Secret;

impl Core {
    /// The logins that the kit knows (of the user pool and of `oidcProviders`) and those that the app adds, which
    /// replace ours of the same name. Also the slot of the credentials for these logins.
    pub(super) async fn logins<P: Platform>(&self, platform: &P, more: &Logins) -> Result<(Logins, Slot), Error> {
        let mut logins = Logins::new();
        let mut slot = self.store.guest_slot(platform).await?;
        let mut has_no_token = false;
        if let Some(pool) = self.config.user_pool() {
            match self.fresh(platform, false).await {
                Ok(session) => {
                    slot = Slot::Session(session.id().to_owned());
                    match session.id_token() {
                        Some(token) => logins.push((pool.login_name().to_owned(), token.clone())),
                        None => has_no_token = true,
                    }
                }
                Err(error) if ends_session(&error) => {}
                Err(error) => return Err(error),
            }
        }
        for provider in self.config.oidc_providers() {
            if let Some((token, _)) = self.provider_token(platform, provider.name()).await? {
                logins.push((provider.login_name().to_owned(), token));
            }
        }
        for login in more {
            logins.retain(|(name, _)| *name != login.0);
            logins.push(login.clone());
        }
        // A user who is signed in must not become a guest.
        if has_no_token && logins.is_empty() {
            let problem = SettingProblem::WithoutOpenId;
            return Err(self.config.bad("userPool.oauth.scopes", problem));
        }
        Ok((logins, slot))
    }

    /// The external providers whose ID tokens are stored: names of logins.
    pub(super) async fn active_logins<P: Platform>(&self, platform: &P) -> Result<Vec<String>, Error> {
        let mut active = Vec::new();
        for provider in self.config.oidc_providers() {
            if self.provider_token(platform, provider.name()).await?.is_some() {
                active.push(provider.login_name().to_owned());
            }
        }
        Ok(active)
    }
}

/// Identifies a user: a hash of the tokens' subjects, since the tokens themselves change. Empty for a guest.
pub(super) fn user_key(logins: &Logins, role: Option<&str>) -> String {
    if logins.is_empty() {
        return String::new();
    }
    let mut names: Vec<(&str, Secret<String>)> = Vec::new();
    for (name, token) in logins {
        let place = names.iter().position(|(known, _)| *known > name.as_str()).unwrap_or(names.len());
        names.insert(place, (name, subject(token)));
    }
    let mut parts: Vec<&[u8]> = Vec::new();
    for (name, subject) in &names {
        parts.extend([name.as_bytes(), b"\0", subject.expose_secret().as_bytes(), b"\0"]);
    }
    parts.push(role.unwrap_or_default().as_bytes());
    base64::encode_url(&sha256(&parts))
}

/// The token that an app's back end got from `GetOpenIdTokenForDeveloperIdentity` ("Developer-authenticated
/// identities", Amazon Cognito Developer Guide).
pub(super) fn developer_token(logins: &Logins) -> Option<&Secret<String>> {
    logins.iter().find_map(|(name, token)| (name == "cognito-identity.amazonaws.com").then_some(token))
}

/// The identity that such a token belongs to: its `sub`.
///
/// # Errors
/// `bad_input` if it names none.
pub(super) fn developer_identity(logins: &Logins) -> Result<Option<String>, Error> {
    let Some(token) = developer_token(logins) else { return Ok(None) };
    let claims = Claims::read(token.expose_secret());
    let identity = claims.as_ref().and_then(Claims::subject).ok_or_else(|| Misuse::Option("logins".to_owned()))?;
    Ok(Some(identity.to_owned()))
}

/// The `sub` of a JWT, or any other token as a whole.
fn subject(token: &Secret<String>) -> Secret<String> {
    match Claims::read(token.expose_secret()) {
        Some(claims) => claims.subject().unwrap_or_default().into(),
        None => token.clone(),
    }
}
