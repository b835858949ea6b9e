//! Which providers are played, and where their doors are.

use crate::core::directory::providers::ProviderKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Amazon,
    Apple,
    Facebook,
    Google,
    Oidc,
    Saml,
}

/// What a path is for.
#[derive(Clone, Copy)]
pub(crate) enum Door {
    Authorize,
    Choose,
    Discovery,
    Jwks,
    Metadata,
    Token,
    UserInfo,
}

impl Kind {
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Amazon, Self::Apple, Self::Facebook, Self::Google, Self::Oidc, Self::Saml]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// The part of the path.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Amazon => "amazon",
            Self::Apple => "apple",
            Self::Facebook => "facebook",
            Self::Google => "google",
            Self::Oidc => "oidc",
            Self::Saml => "saml",
        }
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Amazon => "Login with Amazon",
            Self::Apple => "Sign in with Apple",
            Self::Facebook => "Facebook",
            Self::Google => "Google",
            Self::Oidc => "an OpenID Connect provider",
            Self::Saml => "a SAML provider",
        }
    }

    /// Whether its answers name their issuer (RFC 9207). Google's do, by what relying parties see of it; Apple's do not.
    pub(crate) fn names_issuer(self) -> bool {
        matches!(self, Self::Google | Self::Oidc)
    }

    pub(crate) fn provider(self) -> ProviderKind {
        match self {
            Self::Amazon => ProviderKind::LoginWithAmazon,
            Self::Apple => ProviderKind::SignInWithApple,
            Self::Facebook => ProviderKind::Facebook,
            Self::Google => ProviderKind::Google,
            Self::Oidc => ProviderKind::Oidc,
            Self::Saml => ProviderKind::Saml,
        }
    }

    /// Whether there are ID tokens.
    pub(crate) fn is_openid(self) -> bool {
        matches!(self, Self::Apple | Self::Google | Self::Oidc)
    }

    /// Under what name its keys are kept.
    pub(crate) fn key_id(self) -> &'static str {
        match self {
            Self::Amazon => "stand-in amazon",
            Self::Apple => "stand-in apple",
            Self::Facebook => "stand-in facebook",
            Self::Google => "stand-in google",
            Self::Oidc => "stand-in oidc",
            Self::Saml => "stand-in saml",
        }
    }

    /// The path of a door, below the stand-in's address.
    pub(crate) fn path(self, door: Door) -> Option<&'static str> {
        Some(match (self, door) {
            (_, Door::Choose) => "choose",
            (Self::Amazon, Door::Authorize) => "ap/oa",
            (Self::Amazon, Door::Token) => "auth/o2/token",
            (Self::Amazon, Door::UserInfo) => "user/profile",
            (Self::Apple, Door::Authorize) => "auth/authorize",
            (Self::Apple, Door::Token) => "auth/token",
            (Self::Apple, Door::Jwks) => "auth/keys",
            (Self::Facebook, Door::Authorize) => "dialog/oauth",
            (Self::Facebook, Door::Token) => "oauth/access_token",
            (Self::Facebook, Door::UserInfo) => "me",
            (Self::Google, Door::Authorize) => "o/oauth2/v2/auth",
            (Self::Google, Door::Token) => "token",
            (Self::Google, Door::UserInfo) => "v1/userinfo",
            (Self::Google, Door::Jwks) => "oauth2/v3/certs",
            (Self::Oidc, Door::Authorize) => "authorize",
            (Self::Oidc, Door::Token) => "token",
            (Self::Oidc, Door::UserInfo) => "userinfo",
            (Self::Oidc, Door::Jwks) => "jwks",
            (Self::Saml, Door::Authorize) => "sso",
            (Self::Saml, Door::Metadata) => "metadata",
            (Self::Apple | Self::Google | Self::Oidc, Door::Discovery) => ".well-known/openid-configuration",
            _ => return None,
        })
    }

    /// What a path below the stand-in's address is for.
    pub(crate) fn door(self, path: &str) -> Option<Door> {
        let path = match self {
            // Facebook's paths begin with the version of its API, or with none.
            Self::Facebook if path.starts_with('v') => path.split_once('/').map_or(path, |(_, rest)| rest),
            _ => path,
        };
        let doors =
            [Door::Authorize, Door::Choose, Door::Discovery, Door::Jwks, Door::Metadata, Door::Token, Door::UserInfo];
        doors.into_iter().find(|door| self.path(*door) == Some(path))
    }
}
