//! What describes an API.

use serde::Deserialize;

use super::refusal::Protocol;
use super::route::Route;
use crate::core::world::outbound;

/// One `[[Api]]` of the configuration.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Api {
    /// Its address is `/api/<name>`.
    pub(crate) name: String,
    pub(super) protocol_type: Protocol,
    /// `DEFAULT_4XX` and `DEFAULT_5XX` of a REST API have CORS headers. HTTP APIs always have them.
    #[serde(default)]
    pub(super) cors_on_errors: bool,
    pub(super) authorizer: Authorizer,
    pub(super) routes: Vec<Route>,
}

/// Who decides.
#[derive(Clone, Deserialize)]
#[serde(tag = "Type", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub(super) enum Authorizer {
    AwsIam,
    #[serde(rename_all = "PascalCase")]
    CognitoUserPools {
        user_pool_ids: Vec<String>,
    },
    #[serde(rename_all = "PascalCase")]
    Jwt {
        issuer: String,
        audience: Vec<String>,
    },
    Lambda(Lambda),
}

/// A function of the app, or the built-in one.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Lambda {
    /// An address that the event is posted to.
    pub(super) url: Option<String>,
    /// Members of this group of a user pool are allowed, by ID or access token.
    pub(super) group: Option<String>,
}

impl Api {
    /// # Errors
    /// A text that says what does not fit.
    pub(crate) fn check(&self) -> Result<(), String> {
        let name_is_fine =
            !self.name.is_empty() && self.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !name_is_fine {
            return Err("Name must consist of letters, digits and -".into());
        }
        match (&self.authorizer, self.protocol_type) {
            (Authorizer::CognitoUserPools { .. }, Protocol::Http) => {
                return Err("COGNITO_USER_POOLS is for REST".into());
            }
            (Authorizer::Jwt { .. }, Protocol::Rest) => return Err("JWT is for HTTP".into()),
            (Authorizer::Lambda(lambda), _) if lambda.url.is_some() == lambda.group.is_some() => {
                return Err("a LAMBDA authorizer needs either Url or Group".into());
            }
            (Authorizer::Lambda(Lambda { url: Some(url), .. }), _) if !outbound::is_allowed(url) => {
                return Err(format!("{url} must be https, or http to this machine"));
            }
            _ => {}
        }
        let scoped = matches!(self.authorizer, Authorizer::CognitoUserPools { .. } | Authorizer::Jwt { .. });
        if let Some(route) = self.routes.iter().find(|route| !scoped && !route.scopes.is_empty()) {
            return Err(format!("Scopes of {} need a COGNITO_USER_POOLS or JWT authorizer", route.path));
        }
        match self.routes.iter().find(|route| !route.path.starts_with('/')) {
            Some(route) => Err(format!("the Path {} must begin with /", route.path)),
            None => Ok(()),
        }
    }
}
