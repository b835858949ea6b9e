//! OpenID Connect providers in IAM.

use serde_json::Value;

use crate::core::directory::providers::STAND_IN_OIDC_ISSUER;
use crate::core::stand_ins;

/// `CreateOpenIDConnectProvider` of IAM.
#[derive(Clone)]
pub(crate) struct OpenIdProvider {
    /// The issuer, or [`STAND_IN_OIDC_ISSUER`] for the one that the emulator plays.
    pub(crate) url: String,
    pub(crate) client_ids: Vec<String>,
    /// Its JSON Web Key Set, so that it need not be asked.
    pub(crate) jwks: Option<Value>,
}

impl OpenIdProvider {
    pub(crate) fn is_stand_in(&self) -> bool {
        self.url == STAND_IN_OIDC_ISSUER
    }

    pub(crate) fn arn(&self) -> String {
        let name = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        format!("arn:aws:iam::000000000000:oidc-provider/{name}")
    }

    /// `iss` of its tokens.
    pub(crate) fn issuer(&self, base: &str) -> String {
        if self.is_stand_in() { stand_ins::address(base, "oidc") } else { self.url.clone() }
    }

    /// Its key in `Logins`: the issuer without its scheme.
    pub(crate) fn login_name(&self, base: &str) -> String {
        let issuer = self.issuer(base);
        issuer.split_once("://").map_or(issuer.clone(), |(_, rest)| rest.to_owned())
    }
}
