//! Pre token generation: the function changes what tokens say (Developer Guide, "Pre token generation Lambda trigger").

use serde_json::{Value, json};

use super::event::{Event, attributes, invoke};
use super::token_overrides::Overrides;
use crate::core::directory::{AppClient, Group, TokenEvent, Trigger, User, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

/// What tokens are made for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TokenSource {
    AuthenticateDevice,
    Authentication,
    ClientCredentials,
    HostedAuth,
    NewPasswordChallenge,
    RefreshTokens,
}

impl TokenSource {
    fn name(self) -> &'static str {
        match self {
            Self::AuthenticateDevice => "TokenGeneration_AuthenticateDevice",
            Self::Authentication => "TokenGeneration_Authentication",
            Self::ClientCredentials => "TokenGeneration_ClientCredentials",
            Self::HostedAuth => "TokenGeneration_HostedAuth",
            Self::NewPasswordChallenge => "TokenGeneration_NewPasswordChallenge",
            Self::RefreshTokens => "TokenGeneration_RefreshTokens",
        }
    }
}

/// Whom tokens are about.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The client itself.
    Client(&'a AppClient),
    User(&'a User),
}

/// Asks what to change about tokens. The function hears of tokens of a client itself only by events of version 3.
///
/// # Errors
/// As [`invoke`].
pub(crate) fn token_generation(
    pool: &UserPool,
    subject: Subject<'_>,
    source: TokenSource,
    scopes: &[String],
    context: &mut Context<'_>,
) -> Result<Overrides, ServiceError> {
    let version = pool.settings.lambda_config.token_event();
    let mut request = match subject {
        Subject::Client(_) if version < TokenEvent::V3 => return Ok(Overrides::default()),
        Subject::Client(_) => json!({ "userAttributes": {}, "groupConfiguration": groups(pool, None) }),
        Subject::User(user) => {
            json!({ "userAttributes": attributes(user), "groupConfiguration": groups(pool, Some(user)) })
        }
    };
    let response = match version {
        TokenEvent::V1 => json!({ "claimsOverrideDetails": null }),
        TokenEvent::V2 | TokenEvent::V3 => {
            request["scopes"] = json!(scopes);
            json!({ "claimsAndScopeOverrideDetails": null })
        }
    };
    let username = match subject {
        Subject::Client(client) => &client.id,
        Subject::User(user) => &user.username,
    };
    let event = Event { trigger: Trigger::PreTokenGeneration, source: source.name(), username, request, response };
    match invoke(pool, &event, context)? {
        Some(response) => Overrides::read(version, response),
        None => Ok(Overrides::default()),
    }
}

/// `groupConfiguration`.
fn groups(pool: &UserPool, user: Option<&User>) -> Value {
    let groups: Vec<&Group> = user.map(|user| pool.groups_of(user).collect()).unwrap_or_default();
    let names: Vec<&str> = groups.iter().map(|group| group.name()).collect();
    let roles: Vec<&str> = groups.iter().filter_map(|group| group.settings.role_arn.as_deref()).collect();
    let preferred = user.and_then(|user| pool.preferred_role(user));
    json!({ "groupsToOverride": names, "iamRolesToOverride": roles, "preferredRole": preferred })
}
