//! What the API is configured with.

use serde::{Deserialize, Serialize};

use super::channel::is_segment;
use super::notes::{Note, Notes};
use crate::core::iam::ACCOUNT;
use crate::core::identity_pools::OpenIdProvider;
use crate::core::wire::date::{parse_xml_date, xml_date};

/// A way to prove who one is, by AWS's names.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Mode {
    AmazonCognitoUserPools,
    ApiKey,
    AwsIam,
    AwsLambda,
    OpenidConnect,
}

/// `[AppSync]`, after the words of `CreateGraphqlApi`, `CreateApi`, `CreateApiKey` and `CreateChannelNamespace`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct AppSyncSettings {
    pub(crate) api_id: String,
    pub(crate) authentication_types: Vec<Mode>,
    #[serde(default)]
    pub(crate) api_keys: Vec<ApiKey>,
    pub(crate) user_pool_id: Option<String>,
    /// The `Url` of one of the OpenID Connect providers.
    pub(crate) open_id_issuer: Option<String>,
    /// What the Lambda function lets in.
    pub(crate) lambda_token: Option<String>,
    /// Whoever is in it, or has its role, writes shared notes.
    pub(crate) editors_group: String,
    /// How often `ka` comes.
    #[serde(default = "minute")]
    pub(crate) keep_alive_seconds: u64,
    /// After what silence clients are told to give up.
    #[serde(default = "five_minutes")]
    pub(crate) connection_timeout_seconds: u64,
    #[serde(default)]
    pub(crate) channel_namespaces: Vec<ChannelNamespace>,
    #[serde(default)]
    notes: Vec<SeedNote>,
}

/// A note to start with.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SeedNote {
    id: String,
    owner: String,
    title: String,
    content: Option<String>,
    #[serde(default)]
    shared: bool,
}

/// `CreateApiKey`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ApiKey {
    pub(crate) id: String,
    /// A date such as `2030-01-01T00:00:00Z`; never if absent.
    pub(crate) expires: Option<String>,
}

/// `CreateChannelNamespace`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct ChannelNamespace {
    pub(crate) name: String,
    pub(crate) publish_auth_modes: Vec<Mode>,
    pub(crate) subscribe_auth_modes: Vec<Mode>,
}

impl AppSyncSettings {
    /// # Errors
    /// A text that says what is missing or wrong.
    pub(crate) fn checked<'p>(
        self,
        pools: impl IntoIterator<Item = &'p str>,
        providers: &[OpenIdProvider],
    ) -> Result<Self, String> {
        let needs = [
            (Mode::ApiKey, !self.api_keys.is_empty(), "ApiKeys"),
            (Mode::AmazonCognitoUserPools, self.user_pool_id.is_some(), "UserPoolId"),
            (Mode::OpenidConnect, self.open_id_issuer.is_some(), "OpenIdIssuer"),
            (Mode::AwsLambda, self.lambda_token.is_some(), "LambdaToken"),
        ];
        if let Some((_, _, name)) = needs.iter().find(|(mode, there, _)| self.allows(*mode) != *there) {
            return Err(format!("{name} and its word in AuthenticationTypes go together"));
        }
        if self.authentication_types.is_empty() {
            return Err("AuthenticationTypes must name one at least".into());
        }
        if let Some(id) = &self.user_pool_id
            && !pools.into_iter().any(|known| known == id)
        {
            return Err(format!("there is no user pool {id}"));
        }
        if let Some(issuer) = &self.open_id_issuer {
            let provider = providers.iter().find(|provider| &provider.url == issuer);
            let provider = provider.ok_or_else(|| format!("there is no [[OpenIdProvider]] with the Url {issuer}"))?;
            if provider.jwks.is_none() && !provider.is_stand_in() {
                return Err(format!("the [[OpenIdProvider]] {issuer} needs Jwks: AppSync does not fetch them here"));
            }
        }
        if self.keep_alive_seconds == 0 || self.connection_timeout_seconds == 0 {
            return Err("KeepAliveSeconds and ConnectionTimeoutSeconds must be 1 at least".into());
        }
        if let Some(key) = self.api_keys.iter().find(|key| key.expires.is_some() && key.expires_ms().is_none()) {
            return Err(format!("the API key {} expires at no date such as 2030-01-01T00:00:00Z", key.id));
        }
        for namespace in &self.channel_namespaces {
            if !is_segment(&namespace.name) {
                return Err(format!("{} can't be a channel namespace", namespace.name));
            }
            let mut named = namespace.publish_auth_modes.iter().chain(&namespace.subscribe_auth_modes);
            if named.any(|mode| !self.allows(*mode)) {
                return Err(format!("channel namespace {}: a mode is not in AuthenticationTypes", namespace.name));
            }
        }
        Ok(self)
    }

    /// The notes as they are at the start.
    pub(crate) fn build_notes(&self, now_ms: u64) -> Notes {
        let mut notes = Notes::default();
        for SeedNote { id, owner, title, content, shared } in &self.notes {
            let (id, owner, title, content) = (id.clone(), owner.clone(), title.clone(), content.clone());
            notes.add(Note { id, owner, title, content, shared: *shared, created_at: xml_date(now_ms) });
        }
        notes
    }

    pub(super) fn allows(&self, mode: Mode) -> bool {
        self.authentication_types.contains(&mode)
    }

    pub(super) fn namespace(&self, name: &str) -> Option<&ChannelNamespace> {
        self.channel_namespaces.iter().find(|namespace| namespace.name == name)
    }

    pub(super) fn arn(&self, region: &str) -> String {
        format!("arn:aws:appsync:{region}:{ACCOUNT}:apis/{}", self.api_id)
    }
}

impl ApiKey {
    pub(super) fn expires_ms(&self) -> Option<u64> {
        parse_xml_date(self.expires.as_deref()?)
    }
}

fn minute() -> u64 {
    60
}

fn five_minutes() -> u64 {
    300
}
