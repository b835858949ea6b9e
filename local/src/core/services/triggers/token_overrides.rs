//! What a function changes about tokens.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::failure::unrecognizable;
use crate::core::directory::TokenEvent;
use crate::core::wire::error::ServiceError;

/// Claims that stay as they are in both tokens, in the ID token and in the access token (Developer Guide, "Pre token generation Lambda
/// trigger", the claims that can't be added or changed). AWS ignores such changes.
const FIXED: [&str; 14] = [
    "acr",
    "amr",
    "at_hash",
    "auth_time",
    "azp",
    "exp",
    "iat",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "origin_jti",
    "sub",
    "token_use",
];
const FIXED_IN_ID: [&str; 3] = ["aud", "cognito:username", "identities"];
const FIXED_IN_ACCESS: [&str; 6] = ["client_id", "device_key", "event_id", "scope", "username", "version"];

/// What a function changes about the tokens of one sign-in.
#[derive(Default)]
pub(crate) struct Overrides {
    id: TokenChange,
    access: TokenChange,
    /// `Some(None)` takes the groups out.
    groups: Option<Option<GroupChange>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TokenChange {
    claims_to_add_or_override: Option<Map<String, Value>>,
    claims_to_suppress: Option<Vec<String>>,
    scopes_to_add: Option<Vec<String>>,
    scopes_to_suppress: Option<Vec<String>>,
}

#[derive(Default, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase", default)]
struct GroupChange {
    groups_to_override: Option<Vec<String>>,
    iam_roles_to_override: Option<Vec<String>>,
    preferred_role: Option<String>,
}

impl Overrides {
    /// Reads the `response` of the function.
    ///
    /// # Errors
    /// `InvalidLambdaResponseException`.
    pub(super) fn read(version: TokenEvent, mut response: Map<String, Value>) -> Result<Self, ServiceError> {
        let name = if version == TokenEvent::V1 { "claimsOverrideDetails" } else { "claimsAndScopeOverrideDetails" };
        let mut details = match response.remove(name) {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Object(details)) => details,
            Some(_) => return Err(unrecognizable()),
        };
        // "If you pass an empty or null value for this object, your function suppresses the groups."
        let groups = match details.remove("groupOverrideDetails") {
            None => None,
            Some(Value::Null) => Some(None),
            Some(change) => Some(Some(read::<GroupChange>(change)?).filter(|change| *change != GroupChange::default())),
        };
        let (id, access) = match version {
            TokenEvent::V1 => (Some(Value::Object(details)), None),
            _ => (details.remove("idTokenGeneration"), details.remove("accessTokenGeneration")),
        };
        let change = |value: Option<Value>| match value {
            None | Some(Value::Null) => Ok(TokenChange::default()),
            Some(value) => read::<TokenChange>(value),
        };
        let (id, access) = (change(id)?, change(access)?);
        // Claims of the first version are texts; later ones may be anything ("complex datatypes").
        let texts =
            |change: &TokenChange| change.claims_to_add_or_override.iter().flatten().all(|(_, v)| v.is_string());
        if version == TokenEvent::V1 && !texts(&id) {
            return Err(unrecognizable());
        }
        Ok(Self { id, access, groups })
    }

    /// Changes the claims of an ID token.
    pub(crate) fn change_id(&self, claims: &mut Map<String, Value>) {
        self.change_groups(claims);
        if let Some(groups) = &self.groups {
            let roles = groups.as_ref().and_then(|groups| groups.iam_roles_to_override.clone());
            let preferred = groups.as_ref().and_then(|groups| groups.preferred_role.clone());
            set(claims, "cognito:roles", roles.filter(|roles| !roles.is_empty()).map(|roles| json!(roles)));
            set(claims, "cognito:preferred_role", preferred.map(|role| json!(role)));
        }
        self.id.change(claims, &FIXED_IN_ID);
    }

    /// Changes the claims of an access token.
    pub(crate) fn change_access(&self, claims: &mut Map<String, Value>) {
        self.change_groups(claims);
        self.access.change(claims, &FIXED_IN_ACCESS);
        self.access.change_scopes(claims);
    }

    fn change_groups(&self, claims: &mut Map<String, Value>) {
        if let Some(groups) = &self.groups {
            let names = groups.as_ref().and_then(|groups| groups.groups_to_override.clone());
            set(claims, "cognito:groups", names.filter(|names| !names.is_empty()).map(|names| json!(names)));
        }
    }
}

impl TokenChange {
    fn change(&self, claims: &mut Map<String, Value>, fixed: &[&str]) {
        let is_free = |name: &str| !FIXED.contains(&name) && !fixed.contains(&name) && !name.starts_with("dev:");
        for (name, value) in self.claims_to_add_or_override.iter().flatten() {
            // "You can add an aud claim to access tokens, but its value must match the app client ID of the current session."
            let foreign = name == "aud" && claims.get("client_id").is_some_and(|client_id| client_id != value);
            if is_free(name) && !foreign {
                claims.insert(name.clone(), value.clone());
            }
        }
        for name in self.claims_to_suppress.iter().flatten().filter(|name| is_free(name)) {
            claims.remove(name);
        }
    }

    /// Scopes that begin with `aws.cognito` can't be added.
    fn change_scopes(&self, claims: &mut Map<String, Value>) {
        let before = claims.get("scope").and_then(Value::as_str).unwrap_or_default();
        let suppressed = |scope: &str| self.scopes_to_suppress.iter().flatten().any(|other| other == scope);
        let mut scopes: Vec<&str> = before.split_whitespace().filter(|scope| !suppressed(scope)).collect();
        for scope in self.scopes_to_add.iter().flatten() {
            if !scopes.contains(&scope.as_str()) && !scope.starts_with("aws.cognito") && !scope.contains(' ') {
                scopes.push(scope);
            }
        }
        let scopes = scopes.join(" ");
        if scopes != before {
            claims.insert("scope".into(), json!(scopes));
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, ServiceError> {
    // Serde reads a list as a structure, too.
    if value.is_array() {
        return Err(unrecognizable());
    }
    serde_json::from_value(value).map_err(|_| unrecognizable())
}

fn set(claims: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(claims.insert(name.into(), value)),
        None => drop(claims.remove(name)),
    }
}
