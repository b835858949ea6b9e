//! The settings of an AppSync API: GraphQL, or Events.

use super::check::{self, Settings};
use crate::error::Error;

/// An AppSync API.
#[derive(Clone, Debug, Default)]
pub struct AppSync {
    /// Its HTTP endpoint: `…/graphql`, or `…/event`.
    pub endpoint: String,
    /// The region, if the endpoint has a custom domain.
    pub region: Option<String>,
    /// The default authorization mode.
    pub auth_mode: AuthMode,
    /// The API key, for [`AuthMode::ApiKey`].
    pub api_key: Option<String>,
}

/// AppSync's authorization modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthMode {
    /// `API_KEY`
    ApiKey,
    /// `AMAZON_COGNITO_USER_POOLS`: the user pool's access token.
    #[default]
    UserPool,
    /// `AWS_IAM`: a signature with the identity pool's credentials.
    Iam,
    /// `OPENID_CONNECT`: a token from the app.
    Oidc,
    /// `AWS_LAMBDA`: a string from the app.
    Lambda,
    /// Amplify's `NONE`: no credential. AppSync has no such mode, but a proxy in front of it may need none.
    None,
}

impl AuthMode {
    /// Parses Amplify's or AppSync's name of a mode.
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "apiKey" | "API_KEY" => Self::ApiKey,
            "userPool" | "AMAZON_COGNITO_USER_POOLS" => Self::UserPool,
            "iam" | "identityPool" | "AWS_IAM" => Self::Iam,
            "oidc" | "OPENID_CONNECT" => Self::Oidc,
            "lambda" | "AWS_LAMBDA" | "LAMBDA" => Self::Lambda,
            "none" | "NONE" => Self::None,
            _ => return None,
        })
    }

    /// The name of the mode.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ApiKey => "apiKey",
            Self::UserPool => "userPool",
            Self::Iam => "iam",
            Self::Oidc => "oidc",
            Self::Lambda => "lambda",
            Self::None => "none",
        }
    }
}

impl AppSync {
    pub(super) fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["endpoint", "region", "defaultAuthMode", "apiKey"])?;
        let endpoint = settings.required("endpoint")?;
        if !check::is_safe_url(endpoint) {
            return Err(settings.bad("endpoint", "must be https://… or, on this machine, http://localhost…"));
        }
        let auth_mode = match settings.text("defaultAuthMode")? {
            None => AuthMode::default(),
            Some(word) => AuthMode::read(word).ok_or_else(|| {
                settings.bad("defaultAuthMode", "must be 'apiKey', 'userPool', 'iam', 'oidc', 'lambda' or 'none'")
            })?,
        };
        let api_key = settings.text("apiKey")?.map(str::to_owned);
        if auth_mode == AuthMode::ApiKey && api_key.is_none() {
            return Err(settings.bad("apiKey", "is required for defaultAuthMode 'apiKey'"));
        }
        let region = settings.text("region")?.map(str::to_owned);
        Ok(Self { endpoint: endpoint.to_owned(), region, auth_mode, api_key })
    }
}
