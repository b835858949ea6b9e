//! Where a provider is asked, and who must sign what it says.

use serde_json::Value;

use super::fetch;
use super::refusal::Refusal;
use crate::core::directory::providers::completed_details::FACEBOOK_VERSION;
use crate::core::directory::providers::{IdentityProvider, ProviderKind, STAND_IN_OIDC_ISSUER, STAND_IN_SAML_METADATA};
use crate::core::world::outside::Outside;
use crate::core::{saml, stand_ins};

/// The addresses of one provider.
#[derive(Clone)]
pub(crate) enum Endpoints {
    OAuth(OAuth),
    Saml(saml::Metadata),
}

/// OAuth 2, and OpenID Connect where there is an issuer.
#[derive(Clone)]
pub(crate) struct OAuth {
    pub(crate) issuer: Option<String>,
    pub(crate) authorize: String,
    pub(crate) token: String,
    pub(crate) user_info: Option<String>,
    pub(crate) jwks: Option<String>,
}

impl Endpoints {
    /// The address that people are sent to.
    pub(crate) fn page(&self) -> &str {
        match self {
            Self::OAuth(oauth) => &oauth.authorize,
            Self::Saml(metadata) => metadata.page(),
        }
    }
}

/// Finds the addresses; `base` is the emulator's own.
///
/// # Errors
/// [`Refusal`] where discovery fails.
pub(crate) fn find(outside: &mut Outside, base: &str, provider: &IdentityProvider) -> Result<Endpoints, Refusal> {
    let stand_in = |name: &str| stand_ins::address(base, name);
    Ok(match provider.kind() {
        ProviderKind::Google => Endpoints::OAuth(google(&stand_in("google"))),
        ProviderKind::SignInWithApple => Endpoints::OAuth(apple(&stand_in("apple"))),
        ProviderKind::LoginWithAmazon => Endpoints::OAuth(amazon(&stand_in("amazon"))),
        ProviderKind::Facebook => {
            let version = provider.detail("api_version").unwrap_or(FACEBOOK_VERSION);
            Endpoints::OAuth(facebook(&format!("{}/{version}", stand_in("facebook"))))
        }
        ProviderKind::Oidc => Endpoints::OAuth(oidc(outside, base, provider)?),
        ProviderKind::Saml => {
            let text = match (provider.detail("MetadataFile"), provider.detail("MetadataURL")) {
                (Some(file), _) => file.to_owned(),
                (None, Some(STAND_IN_SAML_METADATA)) => {
                    fetch::text(outside, &format!("{}/metadata", stand_in("saml")), "metadata")?
                }
                (None, url) => fetch::text(outside, url.unwrap_or_default(), "metadata")?,
            };
            let metadata = saml::Metadata::read(&text);
            Endpoints::Saml(
                metadata.map_err(|reason| Refusal::new("server_error", format!("Invalid SAML metadata: {reason}")))?,
            )
        }
    })
}

fn google(at: &str) -> OAuth {
    OAuth {
        issuer: Some(at.into()),
        authorize: format!("{at}/o/oauth2/v2/auth"),
        token: format!("{at}/token"),
        user_info: Some(format!("{at}/v1/userinfo")),
        jwks: Some(format!("{at}/oauth2/v3/certs")),
    }
}

fn apple(at: &str) -> OAuth {
    OAuth {
        issuer: Some(at.into()),
        authorize: format!("{at}/auth/authorize"),
        token: format!("{at}/auth/token"),
        user_info: None,
        jwks: Some(format!("{at}/auth/keys")),
    }
}

fn amazon(at: &str) -> OAuth {
    OAuth {
        issuer: None,
        authorize: format!("{at}/ap/oa"),
        token: format!("{at}/auth/o2/token"),
        user_info: Some(format!("{at}/user/profile")),
        jwks: None,
    }
}

fn facebook(at: &str) -> OAuth {
    OAuth {
        issuer: None,
        authorize: format!("{at}/dialog/oauth"),
        token: format!("{at}/oauth/access_token"),
        user_info: Some(format!("{at}/me?fields=id,name,first_name,last_name,email")),
        jwks: None,
    }
}

/// The addresses that were given, or else those of the discovery document (OpenID Connect Discovery, section 4).
fn oidc(outside: &mut Outside, base: &str, provider: &IdentityProvider) -> Result<OAuth, Refusal> {
    let issuer = match provider.detail("oidc_issuer").unwrap_or_default() {
        STAND_IN_OIDC_ISSUER => stand_ins::address(base, "oidc"),
        issuer => issuer.to_owned(),
    };
    if let Some(authorize) = provider.detail("authorize_url") {
        return Ok(OAuth {
            issuer: Some(issuer),
            authorize: authorize.into(),
            token: provider.detail("token_url").unwrap_or_default().into(),
            user_info: provider.detail("attributes_url").map(str::to_owned),
            jwks: provider.detail("jwks_uri").map(str::to_owned),
        });
    }
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document = fetch::json(outside, &address, "discovery endpoint")?;
    let text = |name: &str| document.get(name).and_then(Value::as_str).map(str::to_owned);
    if text("issuer").as_ref() != Some(&issuer) {
        return Err(Refusal::invalid_request(
            "The issuer of the discovery document is not the oidc_issuer of the provider",
        ));
    }
    let needed = |name: &str| {
        text(name).ok_or_else(|| Refusal::invalid_request(format!("The discovery document has no {name}")))
    };
    Ok(OAuth {
        issuer: Some(issuer),
        authorize: needed("authorization_endpoint")?,
        token: needed("token_endpoint")?,
        user_info: text("userinfo_endpoint"),
        jwks: Some(needed("jwks_uri")?),
    })
}
