//! The model file, parsed once.

use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::text::rust_pattern;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    serde_json::from_str(include_str!("../../../model/cognito-idp.json"))
        .unwrap_or_else(|error| unreachable!("{error}"))
});

static PATTERNS: LazyLock<HashMap<&'static str, Regex>> = LazyLock::new(|| {
    let patterns = MODEL.shapes.values().filter_map(|shape| shape.pattern.as_deref());
    patterns.filter_map(|pattern| Some((pattern, Regex::new(&rust_pattern(pattern)).ok()?))).collect()
});

#[derive(Deserialize)]
struct Model {
    operations: BTreeMap<String, Operation>,
    shapes: HashMap<String, Shape>,
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

/// An operation by its name.
pub(crate) fn operation(name: &str) -> Option<&'static Operation> {
    MODEL.operations.get(name)
}

pub(super) fn shape(name: &str) -> Option<&'static Shape> {
    MODEL.shapes.get(name)
}

/// The compiled pattern; `None` where AWS uses an expression that the regex crate has no counterpart for.
pub(super) fn pattern(text: &str) -> Option<&'static Regex> {
    PATTERNS.get(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_whole() {
        assert_eq!(MODEL.operations.len(), 141);
        let unsigned = MODEL.operations.values().filter(|operation| !operation.signed).count();
        assert_eq!(unsigned, 34);
        for shape in MODEL.shapes.values() {
            let referred = shape.members.values().chain(&shape.member).chain(&shape.key).chain(&shape.value);
            assert!(referred.into_iter().all(|name| MODEL.shapes.contains_key(name)));
        }
    }

    #[test]
    fn all_patterns_but_the_look_behind_compile() {
        let all = MODEL.shapes.values().filter_map(|shape| shape.pattern.as_deref());
        let missing: Vec<_> = all.filter(|text| pattern(text).is_none()).collect();
        assert_eq!(missing, [r"^[0-9A-Za-z\.\-_]*(?<!\.)$"]);
    }
}
