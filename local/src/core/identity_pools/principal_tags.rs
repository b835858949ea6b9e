//! Which claims become tags of a session (Developer Guide, "Using attributes for access control").

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
/// The claim of session tags (IAM User Guide, "Passing session tags using AssumeRoleWithWebIdentity").
pub(crate) const CLAIM: &str = "https://aws.amazon.com/tags";

/// The mapping of one provider: names of tags to names of claims. Policies here can't ask for tags, so that they only show in tokens.
#[derive(Clone, Default, Deserialize, Serialize)]
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

/// The value of [`CLAIM`].
pub(crate) fn claim(tags: &BTreeMap<String, String>) -> Value {
    let lists: BTreeMap<&String, [&String; 1]> = tags.iter().map(|(tag, value)| (tag, [value])).collect();
    json!({ "principal_tags": lists })
}
