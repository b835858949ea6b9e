//! Which claims become tags of a session (Developer Guide, "Using attributes for access control").

use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::core::identity_pools::{IdentityPool, Login};

/// The claim of session tags (IAM User Guide, "Passing session tags using AssumeRoleWithWebIdentity").
pub(crate) const CLAIM: &str = "https://aws.amazon.com/tags";

/// The mapping of one provider: names of tags to names of claims. Policies here can't ask for tags, so that they only show in tokens.
#[derive(Clone, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PrincipalTags {
    pub(crate) use_defaults: bool,
    #[serde(rename = "PrincipalTags")]
    pub(crate) claims: BTreeMap<String, String>,
}

/// The mapping of `UseDefaults`: "default (username and clientID)" (`SetPrincipalTagAttributeMap`).
const DEFAULTS: [(&str, &str); 2] = [("client", "aud"), ("username", "sub")];

impl PrincipalTags {
    pub(crate) fn new(use_defaults: bool, claims: BTreeMap<String, String>) -> Self {
        let defaults = || DEFAULTS.map(|(tag, claim)| (tag.to_owned(), claim.to_owned())).into();
        Self { use_defaults, claims: if use_defaults { defaults() } else { claims } }
    }
}

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

/// The value of [`CLAIM`].
pub(crate) fn claim(tags: &BTreeMap<String, String>) -> Value {
    let lists: BTreeMap<&String, [&String; 1]> = tags.iter().map(|(tag, value)| (tag, [value])).collect();
    json!({ "principal_tags": lists })
}

/// A claim as text; lists and objects are no tags.
fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    match claims.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(claims[name].to_string()),
        _ => None,
    }
}
