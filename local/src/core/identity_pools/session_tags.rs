//! Tags of sessions, from claims.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::{IdentityPool, Login};

impl IdentityPool {
    /// The reply of the two operations about a provider's mapping.
    pub(crate) fn describe_principal_tags(&self, provider: &str) -> Value {
        let mut reply = json!(self.principal_tags.get(provider).cloned().unwrap_or_default());
        reply["IdentityPoolId"] = json!(self.id);
        reply["IdentityProviderName"] = json!(provider);
        reply
    }

    /// The tags of the session of somebody with these logins.
    pub(crate) fn session_tags(&self, logins: &[Login]) -> BTreeMap<String, String> {
        let mapped = logins.iter().filter_map(|login| Some((login, self.principal_tags.get(&login.provider)?)));
        let pairs = mapped.flat_map(|(login, tags)| {
            tags.claims.iter().filter_map(|(tag, claim)| Some((tag.clone(), text(&login.claims, claim)?)))
        });
        pairs.collect()
    }
}

/// A claim as text; lists and objects are no tags.
fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    match claims.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(claims[name].to_string()),
        _ => None,
    }
}
