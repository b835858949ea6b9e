//! `IdentityProviderTypeType`.

use serde::{Deserialize, Serialize};

/// `IdentityProviderTypeType`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) enum ProviderKind {
    Facebook,
    Google,
    LoginWithAmazon,
    #[serde(rename = "OIDC")]
    Oidc,
    #[serde(rename = "SAML")]
    Saml,
    SignInWithApple,
}

impl ProviderKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Google => "Google",
            Self::LoginWithAmazon => "LoginWithAmazon",
            Self::Oidc => "OIDC",
            Self::Saml => "SAML",
            Self::SignInWithApple => "SignInWithApple",
        }
    }

    /// The provider's own name for the subject, which user names are made of. `None` for SAML, whose subject is not an attribute.
    pub(crate) fn subject(self) -> Option<&'static str> {
        match self {
            Self::Facebook => Some("id"),
            Self::LoginWithAmazon => Some("user_id"),
            Self::Google | Self::Oidc | Self::SignInWithApple => Some("sub"),
            Self::Saml => None,
        }
    }
}
