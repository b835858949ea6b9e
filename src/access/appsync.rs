//! Authorizing requests to an AppSync API.

use std::rc::Rc;

use super::ClockOffsets;
use super::signing::{SignRequest, sign};
use super::target;
use crate::appsync::{self, Purpose, REALTIME_HEADERS};
use crate::config::{AppSync, AppSyncApi, AuthMode};
use crate::crypto::sha256::sha256;
use crate::encode::hex;
use crate::error::{Error, Misuse, SettingProblem};
use crate::jwt::Claims;
use crate::platform::Platform;
use crate::secret::Secret;
use crate::session::{AwsSession, Core, CredentialsOptions};
use crate::sigv4::Url;

/// A request to an AppSync API.
#[derive(Clone, Debug)]
pub struct AppSyncRequest {
    /// The API that it goes to.
    pub api: AppSyncApi,
    /// The purpose, which decides the signature.
    pub purpose: Purpose,
    /// The body, which the mode `iam` signs. Opening a connection sends `{}`.
    pub body: String,
    /// The mode; the configuration's unless given.
    pub auth_mode: Option<AuthMode>,
    /// The token, for the modes `oidc` and `lambda`.
    pub auth_token: Option<Secret<String>>,
    /// Whether the tokens at hand were refused.
    pub renew: bool,
    /// Whose credentials, for the mode `iam`.
    pub credentials: CredentialsOptions,
}

/// The address of a request, and its headers.
pub struct AppSyncAccess {
    /// The address: the HTTP endpoint, or the real-time one.
    pub url: String,
    /// The mode in use.
    pub auth_mode: AuthMode,
    /// Headers to send, or to put into a message's `authorization`.
    pub headers: Vec<(String, Secret<String>)>,
    /// When the credential expires, in milliseconds since 1970 by the local clock, if that is known.
    pub expires_at_ms: Option<i64>,
}

/// The address of a request and the headers that authorize it.
pub(crate) async fn appsync<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    input: &AppSyncRequest,
) -> Result<AppSyncAccess, Error> {
    let missing =
        |setting: &str| core.config.bad(&[input.api.as_str(), setting].concat(), SettingProblem::RequiredHere);
    let api = core.config.appsync(input.api).ok_or_else(|| missing(""))?;
    let url = Url::read(api.endpoint()).ok_or_else(|| missing(".endpoint"))?;
    let auth_mode = input.auth_mode.unwrap_or(api.auth_mode());
    let mut expires_at_ms = None;
    let bare = |name: &str, value: Secret<String>| vec![(name.to_owned(), value)];
    let mut headers = match (auth_mode, &input.auth_token) {
        (AuthMode::Oidc | AuthMode::Lambda, Some(token)) => {
            expires_at_ms = Claims::read(token.expose_secret()).and_then(|claims| claims.expires_at_ms());
            bare("Authorization", token.clone())
        }
        // One that is missing, or that would not be sent.
        (AuthMode::Oidc | AuthMode::Lambda, None) | (_, Some(_)) => {
            return Err(Misuse::Option("authToken".to_owned()).into());
        }
        (AuthMode::ApiKey, None) => bare("x-api-key", api.api_key().ok_or_else(|| missing(".apiKey"))?.into()),
        (AuthMode::UserPool, None) => {
            let session = core.fresh(platform, input.renew).await?;
            expires_at_ms = Some(session.expires_here_at_ms());
            bare("Authorization", session.access_token().clone())
        }
        (AuthMode::None, None) => Vec::new(),
        (AuthMode::Iam, None) => {
            let aws = aws_session(core, platform, input).await?;
            expires_at_ms = Some(aws.expires_here_at_ms());
            signed(clocks, core, platform, input, api, url.host).await?
        }
    };
    if input.purpose == Purpose::Http {
        return Ok(AppSyncAccess { url: api.endpoint().to_owned(), auth_mode, headers, expires_at_ms });
    }
    headers.push(("host".to_owned(), url.host.into()));
    let url = appsync::realtime_url(input.api, api.endpoint()).unwrap_or_default();
    Ok(AppSyncAccess { url, auth_mode, headers, expires_at_ms })
}

/// The credentials to sign with, others than those that were refused.
async fn aws_session<P: Platform>(core: &Core, platform: &P, input: &AppSyncRequest) -> Result<Rc<AwsSession>, Error> {
    let force = input.credentials.force || input.renew;
    core.aws_session(platform, &CredentialsOptions { force, ..input.credentials.clone() }).await
}

/// The headers of a signed request. `aws_session` has already renewed the credentials if that was requested.
async fn signed<P: Platform>(
    clocks: &ClockOffsets,
    core: &Core,
    platform: &P,
    input: &AppSyncRequest,
    api: &AppSync,
    host: &str,
) -> Result<Vec<(String, Secret<String>)>, Error> {
    let own: Vec<(String, String)> = match input.purpose {
        Purpose::Http => vec![("content-type".to_owned(), "application/json".to_owned())],
        _ => REALTIME_HEADERS.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
    };
    let (_, host_region) = target::of_host(host);
    let region = api.region().or(host_region).unwrap_or(core.config.region());
    let to_sign = SignRequest {
        method: "POST".to_owned(),
        url: appsync::signed_url(input.api, api.endpoint(), input.purpose),
        headers: own.clone(),
        payload: Some(hex::encode(&sha256(&[input.body.as_bytes()]))),
        service: Some("appsync".to_owned()),
        region: Some(region.to_owned()),
        credentials: CredentialsOptions { force: false, ..input.credentials.clone() },
    };
    let added = sign(clocks, core, platform, &to_sign).await?;
    let own =
        own.into_iter().filter(|_| input.purpose != Purpose::Http).map(|(name, value)| (name, Secret::from(value)));
    let added = added.into_iter().map(|(name, value)| {
        let is_realtime_authorization = name == "authorization" && input.purpose != Purpose::Http;
        ((if is_realtime_authorization { "Authorization" } else { name }).to_owned(), value)
    });
    Ok(own.chain(added).collect())
}
