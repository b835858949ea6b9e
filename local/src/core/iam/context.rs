//! What is known about a request when a policy is evaluated.

use std::collections::BTreeMap;

pub(crate) const AMR: &str = "cognito-identity.amazonaws.com:amr";
pub(crate) const AUDIENCE: &str = "cognito-identity.amazonaws.com:aud";
pub(crate) const SUBJECT: &str = "cognito-identity.amazonaws.com:sub";

/// A condition key that policies may name.
pub(super) struct Key {
    pub(super) name: &'static str,
    /// Several values at once: only `ForAllValues:` and `ForAnyValue:` say what is meant.
    pub(super) is_list: bool,
}

/// All condition keys. Those with one value are the variables, too.
const KEYS: [Key; 8] = [
    Key { name: AMR, is_list: true },
    Key { name: AUDIENCE, is_list: false },
    Key { name: SUBJECT, is_list: false },
    Key { name: "dynamodb:Attributes", is_list: true },
    Key { name: "dynamodb:LeadingKeys", is_list: true },
    Key { name: "dynamodb:Select", is_list: false },
    Key { name: "s3:delimiter", is_list: false },
    Key { name: "s3:prefix", is_list: false },
];

/// The key of that name, in any case (IAM User Guide, "Condition").
pub(super) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

/// Condition keys and their values in one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Adds a key with its values; a key without any is as good as absent.
    #[must_use]
    pub(crate) fn with<V: Into<String>>(mut self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.0.insert(name.to_ascii_lowercase(), values);
        }
        self
    }

    pub(super) fn get(&self, name: &str) -> &[String] {
        self.0.get(&name.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Everything of both; what is in `other` wins.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut all = self.0.clone();
        all.extend(other.0.clone());
        Self(all)
    }
}
