//! What describes an identity pool, in the words of `CreateIdentityPool`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::core::identity_pools::OpenIdProvider;
use crate::core::stand_ins::is_social_login;
use crate::core::wire::error::{ServiceError, invalid};

/// Login providers that a pool may name, and with which nobody signs in here.
const RETIRED: [&str; 2] = ["api.twitter.com", "www.digits.com"];

/// `CreateIdentityPoolInput`, and what `IdentityPool` shows beside the id.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Settings {
    /// Only in `UpdateIdentityPool`.
    #[serde(default)]
    pub(crate) identity_pool_id: String,
    pub(crate) identity_pool_name: String,
    pub(crate) allow_unauthenticated_identities: bool,
    #[serde(default)]
    pub(crate) allow_classic_flow: bool,
    /// From login names to the app's id there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) supported_login_providers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) developer_provider_name: Option<String>,
    #[serde(default, rename = "OpenIdConnectProviderARNs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) open_id_connect_provider_arns: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) cognito_identity_providers: Vec<UserPoolProvider>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) identity_pool_tags: BTreeMap<String, String>,
    /// Kept and given back: nobody signs in with them.
    #[serde(default, rename = "SamlProviderARNs", skip_serializing_if = "Vec::is_empty")]
    saml_provider_arns: Vec<String>,
}

/// An app client of a user pool whose tokens are logins.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct UserPoolProvider {
    #[serde(default)]
    pub(crate) provider_name: String,
    #[serde(default)]
    pub(crate) client_id: String,
    #[serde(default)]
    pub(crate) server_side_token_check: bool,
}

impl Settings {
    /// Refuses contradictions and what is not supported. An OpenID Connect provider need not exist, as at AWS: nobody signs in with it
    /// until it does.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(self) -> Result<Self, ServiceError> {
        let is_known = |name: &str| is_social_login(name) || RETIRED.contains(&name);
        if let Some(name) = self.supported_login_providers.keys().find(|name| !is_known(name)) {
            return Err(invalid(format!("{name} is not a supported login provider.")));
        }
        if let Some(arn) = self.open_id_connect_provider_arns.iter().find(|arn| open_id_name(arn).is_none()) {
            return Err(invalid(format!("{arn} is not the ARN of an OpenID Connect provider.")));
        }
        let no_saml = |arn: &&String| provider_name(arn, "saml-provider/").is_none();
        if let Some(arn) = self.saml_provider_arns.iter().find(no_saml) {
            return Err(invalid(format!("{arn} is not the ARN of a SAML provider.")));
        }
        let pools = &self.cognito_identity_providers;
        for (index, provider) in pools.iter().enumerate() {
            let name = &provider.provider_name;
            if user_pool_id(name).is_none() {
                return Err(invalid(format!("Invalid Cognito Identity Provider: {name}")));
            }
            let same = |other: &UserPoolProvider| &other.provider_name == name && other.client_id == provider.client_id;
            if provider.client_id.is_empty() || pools[..index].iter().any(same) {
                return Err(invalid(format!("{name} needs a ClientId of its own in each of CognitoIdentityProviders")));
            }
        }
        Ok(self)
    }

    /// Whether the pool names a provider whose logins are not supported here.
    pub(crate) fn names_unsupported(&self, name: &str) -> bool {
        let retired = RETIRED.contains(&name) && self.supported_login_providers.contains_key(name);
        retired || self.saml_provider_arns.iter().any(|arn| arn == name)
    }

    /// Whether there is a login provider of that name.
    pub(crate) fn has_provider(&self, name: &str, known: &[OpenIdProvider], base: &str) -> bool {
        self.supported_login_providers.contains_key(name)
            || self.developer_provider_name.as_deref() == Some(name)
            || self.names_unsupported(name)
            || self.cognito_identity_providers.iter().any(|provider| provider.provider_name == name)
            || self.open_id_provider(name, known, base).is_some()
            || self.open_id_connect_provider_arns.iter().any(|arn| open_id_name(arn) == Some(name))
    }

    /// The OpenID Connect provider behind a login name.
    pub(crate) fn open_id_provider<'k>(
        &self,
        name: &str,
        known: &'k [OpenIdProvider],
        base: &str,
    ) -> Option<&'k OpenIdProvider> {
        let mut own = known.iter().filter(|provider| self.open_id_connect_provider_arns.contains(&provider.arn()));
        own.find(|provider| provider.login_name(base) == name)
    }
}

/// The issuer without its scheme in `arn:aws:iam::<account>:oidc-provider/<issuer>`.
fn open_id_name(arn: &str) -> Option<&str> {
    provider_name(arn, "oidc-provider/")
}

/// The name of a provider in its ARN.
fn provider_name<'a>(arn: &'a str, kind: &str) -> Option<&'a str> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, "iam", "", account, resource] = parts[..] else { return None };
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    resource.strip_prefix(kind).filter(|name| is_account && !name.is_empty())
}

/// The user pool behind `cognito-idp.<region>.amazonaws.com/<poolId>`.
pub(crate) fn user_pool_id(name: &str) -> Option<&str> {
    let (host, pool_id) = name.split_once('/')?;
    let region = host.strip_prefix("cognito-idp.")?.split('.').next()?;
    (pool_id.split_once('_')?.0 == region && !pool_id.contains('/')).then_some(pool_id)
}
