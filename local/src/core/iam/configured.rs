//! The roles of the configuration.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;

use super::{DEFAULT_SESSION_S, Role};
use crate::core::world::settings::{ConfigError, read_all};

/// One `[[Role]]`, in the words of `CreateRole`; `Policy` is what it may do. Policies are tables or JSON in a text.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RoleToml {
    arn: String,
    assume_role_policy_document: Value,
    policy: Value,
    #[serde(default = "default_session")]
    max_session_duration: u64,
}

fn default_session() -> u64 {
    DEFAULT_SESSION_S
}

pub(crate) fn read_roles(list: Vec<Map<String, Value>>) -> Result<Vec<Arc<Role>>, ConfigError> {
    let read: Vec<RoleToml> = read_all(list, "Role")?;
    let mut roles: Vec<Arc<Role>> = Vec::new();
    for role in read {
        let located = |text: String| ConfigError(format!("role {}: {text}", role.arn));
        let trust = document(&role.assume_role_policy_document, "AssumeRolePolicyDocument").map_err(located)?;
        let policy = document(&role.policy, "Policy").map_err(located)?;
        let made = Role::new(&role.arn, &trust, &policy, role.max_session_duration).map_err(located)?;
        if roles.iter().any(|other| other.arn == made.arn) {
            return Err(located("it is there twice".into()));
        }
        roles.push(Arc::new(made));
    }
    Ok(roles)
}

/// A table, or JSON in a text.
pub(crate) fn document(value: &Value, name: &str) -> Result<Value, String> {
    match value {
        Value::String(text) => serde_json::from_str(text).map_err(|error| format!("{name}: {error}")),
        other => Ok(other.clone()),
    }
}
