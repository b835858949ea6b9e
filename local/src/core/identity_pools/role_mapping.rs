//! The roles of an identity pool and the rules to choose among them, in the words of `SetIdentityPoolRoles`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use crate::core::wire::error::{ServiceError, invalid};

/// `SetIdentityPoolRolesInput`.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Roles {
    #[serde(default)]
    pub(crate) identity_pool_id: String,
    #[serde(default)]
    pub(crate) roles: DefaultRoles,
    /// By `<provider>`, for user pools by `<provider>:<client id>`.
    #[serde(default)]
    pub(crate) role_mappings: BTreeMap<String, RoleMapping>,
}

#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct DefaultRoles {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) authenticated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unauthenticated: Option<String>,
}

/// How the role of one provider's users is found.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct RoleMapping {
    #[serde(rename = "Type")]
    pub(crate) kind: MappingKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ambiguous_role_resolution: Option<Resolution>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules_configuration: Option<RulesConfiguration>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
pub(crate) enum MappingKind {
    Rules,
    Token,
}

/// What happens when there is no role, or no single one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) enum Resolution {
    AuthenticatedRole,
    Deny,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct RulesConfiguration {
    rules: Vec<Rule>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Rule {
    claim: String,
    match_type: MatchType,
    value: String,
    #[serde(rename = "RoleARN")]
    pub(crate) role_arn: String,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
enum MatchType {
    Contains,
    Equals,
    NotEqual,
    StartsWith,
}

/// AWS's limit, below what its model would let through.
const MOST_RULES: usize = 25;

impl Roles {
    /// # Errors
    /// `InvalidParameterException` for mappings that lack a part.
    pub(crate) fn checked(self) -> Result<Self, ServiceError> {
        for (provider, mapping) in &self.role_mappings {
            if mapping.ambiguous_role_resolution.is_none() {
                return Err(invalid(format!("RoleMappings of {provider} need an AmbiguousRoleResolution.")));
            }
            let rules = mapping.rules().len();
            if mapping.kind == MappingKind::Rules && !(1..=MOST_RULES).contains(&rules) {
                return Err(invalid(format!(
                    "RoleMappings of {provider} with Type Rules need 1 to {MOST_RULES} rules."
                )));
            }
            if mapping.kind == MappingKind::Token && rules > 0 {
                return Err(invalid(format!("RoleMappings of {provider} with Type Token have no rules.")));
            }
        }
        Ok(self)
    }
}

impl RoleMapping {
    pub(crate) fn rules(&self) -> &[Rule] {
        self.rules_configuration.as_ref().map_or(&[], |configuration| &configuration.rules)
    }
}

impl Rule {
    /// Whether claims match; a claim that is not there matches nothing, not even `NotEqual`.
    pub(crate) fn matches(&self, claims: &Map<String, Value>) -> bool {
        let test = |text: &str| match self.match_type {
            MatchType::Contains => text.contains(&self.value),
            MatchType::Equals => text == self.value,
            MatchType::NotEqual => text != self.value,
            MatchType::StartsWith => text.starts_with(&self.value),
        };
        match claims.get(&self.claim) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => test(text),
            // A list matches as a whole when one of its texts does; NotEqual needs all of them to differ.
            Some(Value::Array(list)) => {
                let mut texts = list.iter().filter_map(Value::as_str);
                if matches!(self.match_type, MatchType::NotEqual) { texts.all(test) } else { texts.any(test) }
            }
            Some(other) => test(&other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rules_compare_claims() {
        let claims = json!({ "a": "xyz", "list": ["editors", "b"], "yes": true });
        let matches = |claim: &str, kind: &str, value: &str| {
            let rule: Rule =
                serde_json::from_value(json!({ "Claim": claim, "MatchType": kind, "Value": value, "RoleARN": "r" }))
                    .unwrap();
            rule.matches(claims.as_object().unwrap())
        };
        for (claim, kind, value) in [
            ("a", "Equals", "xyz"),
            ("a", "Contains", "y"),
            ("a", "StartsWith", "xy"),
            ("a", "NotEqual", "x"),
            ("list", "Equals", "editors"),
            ("list", "NotEqual", "c"),
            ("yes", "Equals", "true"),
        ] {
            assert!(matches(claim, kind, value), "{claim} {kind} {value}");
        }
        for (claim, kind, value) in [
            ("a", "Equals", "XYZ"),
            ("a", "Contains", "a"),
            ("a", "StartsWith", "yz"),
            ("a", "NotEqual", "xyz"),
            ("list", "NotEqual", "b"),
            ("none", "NotEqual", "b"),
            ("none", "Equals", ""),
        ] {
            assert!(!matches(claim, kind, value), "{claim} {kind} {value}");
        }
    }
}
