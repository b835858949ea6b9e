//! App clients.

use serde::{Deserialize, Serialize};
use sha2::Sha256;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};

use crate::core::error::{ServiceError, invalid, not_authorized, unsupported};

/// `CreateUserPoolClientRequest`, the members that are supported.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct ClientSettings {
    pub(crate) user_pool_id: String,
    pub(crate) client_name: String,
    #[serde(skip_serializing)]
    pub(crate) generate_secret: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_secret: Option<String>,
    refresh_token_validity: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token_validity: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token_validity: Option<u64>,
    token_validity_units: TokenValidityUnits,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_attributes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    write_attributes: Option<Vec<String>>,
    explicit_auth_flows: Vec<String>,
    prevent_user_existence_errors: Existence,
    #[serde(skip_serializing_if = "Option::is_none")]
    enable_token_revocation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_session_validity: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token_rotation: Option<RefreshTokenRotation>,
}

/// `PreventUserExistenceErrorTypes`.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Existence {
    Enabled,
    #[default]
    Legacy,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum TimeUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
struct TokenValidityUnits {
    access_token: TimeUnit,
    id_token: TimeUnit,
    refresh_token: TimeUnit,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct RefreshTokenRotation {
    feature: Feature,
    #[serde(default)]
    retry_grace_period_seconds: u64,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Feature {
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
    fn seconds(self, count: u64) -> u64 {
        let unit = match self {
            Self::Days => DAY,
            Self::Hours => 3600,
            Self::Minutes => 60,
            Self::Seconds => 1,
        };
        count.saturating_mul(unit)
    }
}

/// An app client of a user pool.
pub(crate) struct AppClient {
    pub(crate) id: String,
    pub(crate) settings: ClientSettings,
    pub(crate) created_ms: u64,
}

impl ClientSettings {
    /// Refuses contradictions and fills in what AWS fills in.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(mut self) -> Result<Self, ServiceError> {
        if self.explicit_auth_flows.is_empty() {
            self.explicit_auth_flows = DEFAULT_FLOWS.map(String::from).to_vec();
        }
        if let Some(old) = self.explicit_auth_flows.iter().find(|flow| !flow.starts_with("ALLOW_")) {
            return Err(unsupported(format_args!("the old value {old} of ExplicitAuthFlows: use the ALLOW_ values")));
        }
        let refresh = self.explicit_auth_flows.iter().any(|flow| flow == "ALLOW_REFRESH_TOKEN_AUTH");
        if refresh && self.refresh_token_rotation.as_ref().is_some_and(|rotation| rotation.feature == Feature::Enabled) {
            return Err(invalid("ALLOW_REFRESH_TOKEN_AUTH can't be enabled together with RefreshTokenRotation"));
        }
        if self.refresh_token_validity == 0 {
            (self.refresh_token_validity, self.token_validity_units.refresh_token) = (30, TimeUnit::Days);
        }
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
                return Err(invalid(format!("Invalid range for token validity: {name} must be valid for {min} to {max} seconds")));
            }
        }
        if refresh < access.max(id) {
            return Err(invalid("Access and ID tokens must not be valid for longer than the refresh token"));
        }
        Ok(self)
    }
}

impl AppClient {
    /// Whether `ExplicitAuthFlows` allows a flow, by its name in `AuthFlow`.
    pub(crate) fn allows(&self, flow: &str) -> bool {
        self.settings.explicit_auth_flows.iter().any(|allowed| allowed.strip_prefix("ALLOW_") == Some(flow))
    }

    pub(crate) fn hides_unknown_users(&self) -> bool {
        self.settings.prevent_user_existence_errors == Existence::Enabled
    }

    pub(crate) fn revocation(&self) -> bool {
        self.settings.enable_token_revocation.unwrap_or(true)
    }

    /// The grace period in milliseconds when refresh tokens rotate.
    pub(crate) fn rotation_grace_ms(&self) -> Option<u64> {
        let rotation = self.settings.refresh_token_rotation.as_ref()?;
        (rotation.feature == Feature::Enabled).then_some(rotation.retry_grace_period_seconds * 1000)
    }

    pub(crate) fn access_token_seconds(&self) -> u64 {
        let unit = self.settings.token_validity_units.access_token;
        self.settings.access_token_validity.map_or(3600, |count| unit.seconds(count))
    }

    pub(crate) fn id_token_seconds(&self) -> u64 {
        let unit = self.settings.token_validity_units.id_token;
        self.settings.id_token_validity.map_or(3600, |count| unit.seconds(count))
    }

    pub(crate) fn refresh_token_ms(&self) -> u64 {
        self.settings.token_validity_units.refresh_token.seconds(self.settings.refresh_token_validity).saturating_mul(1000)
    }

    pub(crate) fn session_ms(&self) -> u64 {
        self.settings.auth_session_validity.unwrap_or(3) * 60_000
    }

    pub(crate) fn may_read(&self, attribute: &str) -> bool {
        self.settings.read_attributes.as_ref().is_none_or(|names| names.iter().any(|name| name == attribute))
    }

    pub(crate) fn may_write(&self, attribute: &str) -> bool {
        let never = ["sub", "email_verified", "phone_number_verified"].contains(&attribute);
        !never && self.settings.write_attributes.as_ref().is_none_or(|names| names.iter().any(|name| name == attribute))
    }

    /// Checks a `SECRET_HASH`: base64 of HMAC-SHA256 under the secret, over user name and client id.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret_hash(&self, username: &str, hash: Option<&str>) -> Result<(), ServiceError> {
        let id = &self.id;
        let Some(secret) = &self.settings.client_secret else {
            return match hash {
                None => Ok(()),
                Some(_) => Err(not_authorized(format!("Client {id} is not configured with secret but SECRET_HASH was received"))),
            };
        };
        let Some(hash) = hash else {
            return Err(not_authorized(format!("Client {id} is configured with secret but SECRET_HASH was not received")));
        };
        let expected = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mac| mac.chain_update(username).chain_update(id));
        let given = STANDARD.decode(hash).unwrap_or_default();
        let holds = expected.is_ok_and(|mac| mac.verify_slice(&given).is_ok());
        if holds { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    /// Checks the plain secret that `GetTokensFromRefreshToken` and `RevokeToken` take.
    ///
    /// # Errors
    /// `NotAuthorizedException`.
    pub(crate) fn check_secret(&self, secret: Option<&str>) -> Result<(), ServiceError> {
        if self.settings.client_secret.as_deref() == secret { Ok(()) } else { Err(self.secret_mismatch()) }
    }

    fn secret_mismatch(&self) -> ServiceError {
        not_authorized(format!("Unable to verify secret hash for client {}", self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_secret_hash_vector_is_accepted_and_no_other() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/secret_hash.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 21);
        for case in cases {
            let text = |key: &str| case[key].as_str().unwrap();
            let settings = ClientSettings { client_secret: Some(text("client_secret").into()), ..ClientSettings::default() };
            let client = AppClient { id: text("client_id").into(), settings, created_ms: 0 };
            assert!(client.check_secret_hash(text("username"), Some(text("secret_hash"))).is_ok(), "{case}");
            let other = format!("{}x", text("username"));
            assert!(client.check_secret_hash(&other, Some(text("secret_hash"))).is_err(), "{case}");
            assert!(client.check_secret_hash(text("username"), None).is_err(), "{case}");
        }
    }
}
