//! The issuer of a flow: the user pool, or an external provider.

use std::rc::Rc;

use super::address::is_same_page;
use super::pending::Pending;
use super::{Provider, servers};
use crate::config::{Config, UserPool};
use crate::error::{Error, FlowFault, TokenFault};
use crate::jwt::TokenUse;
use crate::oauth::authorization_response::AuthorizationResponse;

/// What is needed to verify an issuer's response.
pub(super) struct Issuer<'a> {
    /// The user pool; `None` for an external provider.
    pub(super) user_pool: Option<&'a Rc<UserPool>>,
    pub(super) client_id: &'a str,
    pub(super) token_url: String,
    pub(super) jwks_url: String,
    /// The possible values of `iss`.
    pub(super) identifiers: Vec<String>,
    /// The kind of its ID tokens.
    pub(super) id_use: TokenUse,
    /// Whether each of its responses contains `iss`.
    pub(super) names_issuer: bool,
}

impl<'a> Issuer<'a> {
    /// The issuer of a pending flow.
    pub(super) fn of(config: &'a Config, pending: &Pending) -> Result<Self, Error> {
        if let Some((name, endpoints)) = &pending.provider {
            let provider = config.require_oidc_provider(name)?;
            return Ok(Self {
                user_pool: None,
                client_id: provider.client_id(),
                token_url: endpoints.token.clone(),
                jwks_url: endpoints.jwks.clone(),
                identifiers: vec![provider.issuer().to_owned()],
                id_use: TokenUse::ExternalId,
                names_issuer: endpoints.names_issuer,
            });
        }
        let (pool, oauth) = config.require_oauth()?;
        Ok(Self {
            user_pool: Some(pool),
            client_id: pool.client_id(),
            token_url: [oauth.url(), "/oauth2/token"].concat(),
            jwks_url: pool.jwks_url().to_owned(),
            identifiers: pool.issuers().to_vec(),
            id_use: TokenUse::Id,
            names_issuer: false,
        })
    }

    /// Checks that this issuer sent the response: it must not get another server's code (RFC 9700 section 4.4, RFC 9207
    /// section 2.4).
    pub(super) fn check_sender(&self, response: &AuthorizationResponse, redirect_uri: &str) -> Result<(), Error> {
        match &response.issuer {
            Some(issuer) if self.identifiers.contains(issuer) => Ok(()),
            None if !self.names_issuer => {
                let is_alone = self.id_use == TokenUse::Id && !servers::are_several();
                let is_its = is_alone || is_same_page(&response.page, redirect_uri);
                if is_its { Ok(()) } else { Err(FlowFault::OtherCallback.into()) }
            }
            _ => Err(TokenFault::Issuer.into()),
        }
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
