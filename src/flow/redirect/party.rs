//! With whom a flow is: the user pool, or another provider.

use super::Provider;
use super::pending::Pending;
use crate::config::Config;
use crate::error::Error;
use crate::jwt::TokenUse;

/// What has to be known of the other side to believe its answer.
pub(super) struct Party<'a> {
    pub(super) client_id: &'a str,
    pub(super) token_url: String,
    pub(super) jwks_url: String,
    pub(super) issuers: Vec<String>,
    /// What its ID token is.
    pub(super) id_use: TokenUse,
}

impl<'a> Party<'a> {
    /// The other side of a flow that was begun.
    pub(super) fn of(config: &'a Config, pending: &Pending) -> Result<Self, Error> {
        if let Some((name, endpoints)) = &pending.foreign {
            let provider = config.require_oidc_provider(name)?;
            return Ok(Self {
                client_id: &provider.client_id,
                token_url: endpoints.token.clone(),
                jwks_url: endpoints.jwks.clone(),
                issuers: vec![provider.issuer.clone()],
                id_use: TokenUse::ForeignId,
            });
        }
        Ok(Self {
            client_id: &config.require_user_pool()?.client_id,
            token_url: [&config.hosted_ui_url()?, "/oauth2/token"].concat(),
            jwks_url: config.jwks_url()?,
            issuers: config.issuers()?.into(),
            id_use: TokenUse::Id,
        })
    }
}

/// Cognito's names of the providers that Amplify calls otherwise.
pub(super) fn cognito_name(provider: &Provider) -> (&'static str, &str) {
    match provider {
        Provider::Named(name) => {
            let name = match name.as_str() {
                "Amazon" => "LoginWithAmazon",
                "Apple" => "SignInWithApple",
                other => other,
            };
            ("identity_provider", name)
        }
        Provider::Identifier(identifier) => ("idp_identifier", identifier),
        Provider::Oidc(_) => ("", ""),
    }
}
