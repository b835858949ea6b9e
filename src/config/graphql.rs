//! The settings of an AppSync API: GraphQL, or Events.

use super::check::{self, Settings};
use crate::error::{Error, SettingProblem};

/// An AppSync API.
#[derive(Clone, Debug)]
pub struct AppSync {
    endpoint: String,
    region: Option<String>,
    auth_mode: AuthMode,
    api_key: Option<String>,
}

/// AppSync's two kinds of API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppSyncApi {
    /// A GraphQL API, the setting `graphql`.
    GraphQl,
    /// An Event API, the setting `events`.
    Events,
}

impl AppSyncApi {
    /// Parses the name of the setting. `None` if it is unknown.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::GraphQl, Self::Events].into_iter().find(|api| api.as_str() == name)
    }

    /// The name of its setting.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GraphQl => "graphql",
            Self::Events => "events",
        }
    }

    /// What an endpoint at one of AWS's hosts has to be.
    const fn endpoint_form(self) -> SettingProblem {
        match self {
            Self::GraphQl => SettingProblem::NotGraphQlEndpoint,
            Self::Events => SettingProblem::NotEventsEndpoint,
        }
    }

    /// Whether an endpoint has the right host and path. At a custom domain any path is right, but not none.
    ///
    /// Source: "Building a real-time WebSocket client", AppSync Developer Guide; "Publish events via HTTP", AppSync Events
    /// Developer Guide.
    fn is_endpoint(self, endpoint: &str) -> bool {
        let url = endpoint.split_once(':').map_or(endpoint, |(_, rest)| rest.trim_start_matches('/'));
        let (host, path) = url.split_once('/').unwrap_or((url, ""));
        let service = host.split_once('.').map_or("", |(_, service)| service);
        if service.starts_with("appsync-realtime-api.") {
            return false;
        }
        match (service.starts_with("appsync-api."), self) {
            (true, Self::GraphQl) => path == "graphql",
            (true, Self::Events) => path == "event",
            (false, _) => !path.is_empty(),
        }
    }
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
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
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
    /// Reads the setting of an API, if there is one.
    pub(super) fn read_if_any(root: &Settings<'_>, api: AppSyncApi) -> Result<Option<Self>, Error> {
        root.object(api.as_str())?.map(|settings| Self::read(&settings, api)).transpose()
    }

    fn read(settings: &Settings<'_>, api: AppSyncApi) -> Result<Self, Error> {
        settings.only(&["endpoint", "region", "defaultAuthMode", "apiKey"])?;
        let endpoint = settings.required("endpoint")?.trim_end_matches('/');
        let bad_endpoint = |problem| settings.bad(&["endpoint (", endpoint, ")"].concat(), problem);
        if !check::is_safe_url(endpoint) {
            return Err(bad_endpoint(SettingProblem::NotSafeUrl));
        }
        if !api.is_endpoint(endpoint) {
            return Err(bad_endpoint(api.endpoint_form()));
        }
        let auth_mode = match settings.str("defaultAuthMode")? {
            None => AuthMode::default(),
            Some(word) => {
                AuthMode::parse(word).ok_or_else(|| settings.bad("defaultAuthMode", SettingProblem::NotAuthMode))?
            }
        };
        let api_key = settings.str("apiKey")?.map(str::to_owned);
        if auth_mode == AuthMode::ApiKey && api_key.is_none() {
            return Err(settings.bad("apiKey", SettingProblem::RequiredForApiKey));
        }
        let region = settings.str("region")?.map(str::to_owned);
        Ok(Self { endpoint: endpoint.to_owned(), region, auth_mode, api_key })
    }

    /// The HTTP endpoint, without a slash at its end: `…/graphql`, or `…/event`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The region, if the endpoint has a custom domain.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The default authorization mode.
    pub const fn auth_mode(&self) -> AuthMode {
        self.auth_mode
    }

    /// The API key, for [`AuthMode::ApiKey`].
    pub fn api_key(&self) -> Option<&str> {
        self.api_key.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_of_api_is_none() {
        for api in [AppSyncApi::GraphQl, AppSyncApi::Events] {
            assert_eq!(AppSyncApi::parse(api.as_str()), Some(api));
        }
        for unknown in ["", "event", "Events", "GRAPHQL", "rest"] {
            assert_eq!(AppSyncApi::parse(unknown), None, "{unknown}");
        }
    }
}
