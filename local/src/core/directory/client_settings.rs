//! The settings of an app client, as `CreateUserPoolClient` takes and `DescribeUserPoolClient` shows them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::core::wire::error::{ServiceError, invalid, unsupported};

/// `CreateUserPoolClientRequest`, the members that are supported.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ClientSettings {
    pub(crate) user_pool_id: String,
    /// Only in `UpdateUserPoolClient`.
    pub(crate) client_id: String,
    pub(crate) client_name: String,
    pub(crate) generate_secret: bool,
    /// Only in `CreateUserPoolClient` and a configuration: a client keeps its secrets elsewhere.
    pub(crate) client_secret: Option<String>,
    pub(super) refresh_token_validity: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) access_token_validity: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id_token_validity: Option<u64>,
    pub(super) token_validity_units: TokenValidityUnits,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) read_attributes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) write_attributes: Option<Vec<String>>,
    pub(super) explicit_auth_flows: Vec<String>,
    pub(super) prevent_user_existence_errors: Existence,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) enable_token_revocation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) auth_session_validity: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token_rotation: Option<RefreshTokenRotation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) supported_identity_providers: Vec<String>,
    #[serde(rename = "CallbackURLs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) callback_urls: Vec<String>,
    #[serde(rename = "LogoutURLs", skip_serializing_if = "Vec::is_empty")]
    pub(crate) logout_urls: Vec<String>,
    #[serde(rename = "DefaultRedirectURI", skip_serializing_if = "Option::is_none")]
    pub(super) default_redirect_uri: Option<String>,
    #[serde(rename = "AllowedOAuthFlows", skip_serializing_if = "Vec::is_empty")]
    pub(super) allowed_oauth_flows: Vec<String>,
    #[serde(rename = "AllowedOAuthScopes", skip_serializing_if = "Vec::is_empty")]
    pub(crate) allowed_oauth_scopes: Vec<String>,
    #[serde(rename = "AllowedOAuthFlowsUserPoolClient", skip_serializing_if = "Option::is_none")]
    pub(super) oauth_enabled: Option<bool>,
    /// Without effect, as `UserContextData` is.
    pub(super) enable_propagate_additional_user_context_data: bool,
    /// Kept and given back: there is no Amazon Pinpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) analytics_configuration: Option<Analytics>,
    #[serde(rename = "PublishSecretsInAWSSecretsManager")]
    pub(super) publish_secrets: bool,
}

/// `AnalyticsConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Analytics {
    #[serde(skip_serializing_if = "Option::is_none")]
    application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_data_shared: Option<bool>,
}

/// `PreventUserExistenceErrorTypes`.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Existence {
    Enabled,
    #[default]
    Legacy,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TimeUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct TokenValidityUnits {
    pub(super) access_token: TimeUnit,
    pub(super) id_token: TimeUnit,
    pub(super) refresh_token: TimeUnit,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RefreshTokenRotation {
    pub(super) feature: Feature,
    #[serde(default)]
    pub(super) retry_grace_period_seconds: u64,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Feature {
    Disabled,
    Enabled,
}

const DAY: u64 = 86_400;
const DEFAULT_FLOWS: [&str; 3] = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

impl Default for TokenValidityUnits {
    fn default() -> Self {
        Self { access_token: TimeUnit::Hours, id_token: TimeUnit::Hours, refresh_token: TimeUnit::Days }
    }
}

impl TimeUnit {
    pub(super) fn seconds(self, count: u64) -> u64 {
        let unit = match self {
            Self::Days => DAY,
            Self::Hours => 3600,
            Self::Minutes => 60,
            Self::Seconds => 1,
        };
        count.saturating_mul(unit)
    }
}

impl ClientSettings {
    /// As `DescribeUserPoolClient` shows them (`UserPoolClientType`).
    pub(crate) fn shown(&self) -> Value {
        let mut shown = json!(self);
        if let Some(members) = shown.as_object_mut() {
            let only_given = ["ClientId", "GenerateSecret", "ClientSecret", "PublishSecretsInAWSSecretsManager"];
            members.retain(|name, _| !only_given.contains(&name.as_str()));
        }
        shown
    }

    /// Whether `ExplicitAuthFlows` has a value from before November 2019.
    fn has_legacy_flows(&self) -> bool {
        self.explicit_auth_flows.iter().any(|flow| !flow.starts_with("ALLOW_"))
    }

    /// Whether `ExplicitAuthFlows` allows a flow, by its name in `AuthFlow`. The legacy values add flows to SRP and refreshing, which
    /// could not be turned off but for `CUSTOM_AUTH_FLOW_ONLY`.
    pub(super) fn allows_flow(&self, flow: &str) -> bool {
        let flows = &self.explicit_auth_flows;
        let has = |name: &str| flows.iter().any(|allowed| allowed == name);
        if !self.has_legacy_flows() {
            // The new name of the old flow (`AdminInitiateAuth`, "AuthFlow").
            let flow = if flow == "ADMIN_NO_SRP_AUTH" { "ADMIN_USER_PASSWORD_AUTH" } else { flow };
            return flows.iter().any(|allowed| allowed.strip_prefix("ALLOW_") == Some(flow));
        }
        match flow {
            "CUSTOM_AUTH" | "REFRESH_TOKEN_AUTH" => true,
            "USER_SRP_AUTH" => !has("CUSTOM_AUTH_FLOW_ONLY"),
            "ADMIN_USER_PASSWORD_AUTH" => has("ADMIN_NO_SRP_AUTH"),
            flow => has(flow),
        }
    }

    /// Refuses contradictions and fills in what AWS fills in.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(self) -> Result<Self, ServiceError> {
        let has_secret = self.client_secret.is_some() || self.generate_secret;
        self.checked_for(has_secret)
    }

    /// The same for a client that was made with or without a secret.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(super) fn checked_for(mut self, has_secret: bool) -> Result<Self, ServiceError> {
        if self.publish_secrets {
            return Err(unsupported("PublishSecretsInAWSSecretsManager"));
        }
        if let Some(flow) = self.explicit_auth_flows.iter().find(|flow| flow.starts_with("ALLOW_TOKEN_EXCHANGE")) {
            return Err(unsupported(flow));
        }
        if self.explicit_auth_flows.is_empty() {
            self.explicit_auth_flows = DEFAULT_FLOWS.map(String::from).to_vec();
        }
        if self.has_legacy_flows() && self.explicit_auth_flows.iter().any(|flow| flow.starts_with("ALLOW_")) {
            return Err(invalid(
                "Legacy values of ExplicitAuthFlows can't be assigned at the same time as values that begin with ALLOW_",
            ));
        }
        self.check_oauth(has_secret)?;
        if self.allows_flow("REFRESH_TOKEN_AUTH")
            && self.refresh_token_rotation.as_ref().is_some_and(|rotation| rotation.feature == Feature::Enabled)
        {
            return Err(invalid("ALLOW_REFRESH_TOKEN_AUTH can't be enabled together with RefreshTokenRotation"));
        }
        if self.refresh_token_validity == 0 {
            (self.refresh_token_validity, self.token_validity_units.refresh_token) = (30, TimeUnit::Days);
        }
        if self.enable_propagate_additional_user_context_data && !has_secret {
            return Err(invalid("EnablePropagateAdditionalUserContextData needs a client with a secret"));
        }
        self.oauth_enabled.get_or_insert(false);
        self.enable_token_revocation.get_or_insert(true);
        self.auth_session_validity.get_or_insert(3);
        let units = &self.token_validity_units;
        let access = self.access_token_validity.map_or(3600, |count| units.access_token.seconds(count));
        let id = self.id_token_validity.map_or(3600, |count| units.id_token.seconds(count));
        let refresh = units.refresh_token.seconds(self.refresh_token_validity);
        for (name, seconds, min, max) in
            [("AccessToken", access, 300, DAY), ("IdToken", id, 300, DAY), ("RefreshToken", refresh, 3600, 3650 * DAY)]
        {
            if !(min..=max).contains(&seconds) {
                return Err(invalid(format!(
                    "Invalid range for token validity: {name} must be valid for {min} to {max} seconds"
                )));
            }
        }
        if refresh < access.max(id) {
            return Err(invalid("Access and ID tokens must not be valid for longer than the refresh token"));
        }
        Ok(self)
    }
}
