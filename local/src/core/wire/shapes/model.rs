//! The model files, each parsed once.

use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::text::rust_pattern;

/// The name of the error for a broken constraint.
const INVALID: &str = "InvalidParameterException";
const VALIDATION: &str = "ValidationException";

/// Where the service checks another pattern than the one that AWS publishes: its answers about passwords quote this one, which
/// allows blanks inside; and it takes the custom domains that its documentation shows, such as `auth.example.com`.
const OBSERVED_PATTERNS: [(&str, &str); 2] =
    [("PasswordType", r"^[\S]+.*[\S]+$"), ("DomainType", r"^[a-z0-9](?:[a-z0-9\-.]{0,61}[a-z0-9])?$")];

/// The user pools API.
pub(crate) static USER_POOLS: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("../../../../model/cognito-idp.json"), INVALID, &OBSERVED_PATTERNS));

/// The identity pools API.
pub(crate) static IDENTITY_POOLS: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("../../../../model/cognito-identity.json"), VALIDATION, &[]));

/// DynamoDB.
pub(crate) static DYNAMODB: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("../../../../model/dynamodb.json"), VALIDATION, &[]));

/// One service.
#[derive(Deserialize)]
pub(crate) struct Model {
    operations: BTreeMap<String, Operation>,
    shapes: HashMap<String, Shape>,
    #[serde(skip)]
    patterns: HashMap<String, Regex>,
    #[serde(skip)]
    pub(super) constraint_error: &'static str,
}

impl Model {
    fn parse(text: &str, constraint_error: &'static str, observed: &[(&str, &str)]) -> Self {
        // The files are part of the program; a test reads them.
        let mut model: Self = serde_json::from_str(text).unwrap_or_else(|error| unreachable!("{error}"));
        model.constraint_error = constraint_error;
        for (name, pattern) in observed {
            if let Some(shape) = model.shapes.get_mut(*name) {
                shape.pattern = Some((*pattern).to_owned());
            }
        }
        let patterns = model.shapes.values().filter_map(|shape| shape.pattern.as_ref());
        let compiled = patterns.filter_map(|text| Some((text.clone(), Regex::new(&rust_pattern(text)).ok()?)));
        model.patterns = compiled.collect();
        model
    }

    /// An operation by its name.
    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(name)
    }

    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }

    /// The compiled pattern; `None` where AWS uses an expression that the regex crate has no counterpart for.
    pub(super) fn pattern(&self, text: &str) -> Option<&Regex> {
        self.patterns.get(text)
    }
}

/// One operation of the service.
#[derive(Deserialize)]
pub(crate) struct Operation {
    pub(crate) input: Option<String>,
    /// Whether AWS wants a Signature Version 4.
    pub(crate) signed: bool,
}

/// One shape: which members count depends on its type.
#[derive(Deserialize)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    pub(super) pattern: Option<String>,
    #[serde(rename = "enum", default)]
    pub(super) choices: Vec<String>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(default)]
    pub(super) members: BTreeMap<String, String>,
    pub(super) member: Option<String>,
    pub(super) key: Option<String>,
    pub(super) value: Option<String>,
    #[serde(default)]
    pub(super) sensitive: bool,
    /// A structure that is any JSON.
    #[serde(default)]
    pub(super) document: bool,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Blob,
    Boolean,
    Double,
    Integer,
    List,
    Long,
    Map,
    String,
    Structure,
    Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_models_are_whole() {
        for (model, operations, unsigned) in [(&USER_POOLS, 153, 34), (&IDENTITY_POOLS, 23, 4), (&DYNAMODB, 62, 0)] {
            assert_eq!(model.operations.len(), operations);
            assert_eq!(model.operations.values().filter(|operation| !operation.signed).count(), unsigned);
            for shape in model.shapes.values() {
                let referred = shape.members.values().chain(&shape.member).chain(&shape.key).chain(&shape.value);
                assert!(referred.into_iter().all(|name| model.shapes.contains_key(name)));
            }
        }
    }

    #[test]
    fn all_patterns_but_the_look_behind_compile() {
        let missing = |model: &'static Model| {
            let all = model.shapes.values().filter_map(|shape| shape.pattern.as_deref());
            all.filter(|text| model.pattern(text).is_none()).collect::<Vec<_>>()
        };
        assert_eq!(missing(&USER_POOLS), [r"^[0-9A-Za-z\.\-_]*(?<!\.)$"]);
        assert!(missing(&IDENTITY_POOLS).is_empty());
        // Both belong to operations that are not supported.
        let mut missing = missing(&DYNAMODB);
        missing.sort_unstable();
        assert_eq!(missing, [r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*", r"\p{Print}+"]);
    }
}
