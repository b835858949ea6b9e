//! Attribute values and items.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

use super::exceptions::{serialization, validation};
use super::number::Number;
use crate::core::wire::error::ServiceError;

/// The value of an attribute. Two are in order only where they have the same type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    B(Vec<u8>),
    Bool(bool),
    Bs(BTreeSet<Vec<u8>>),
    L(Vec<Self>),
    M(Item),
    N(Number),
    Ns(BTreeSet<Number>),
    Null,
    S(String),
    Ss(BTreeSet<String>),
}

/// Attributes by name.
pub(super) type Item = BTreeMap<String, Value>;

/// Lists and maps may be in each other this often.
const DEEPEST: usize = 32;

impl Value {
    /// # Errors
    /// `ValidationException` or `SerializationException`.
    pub(super) fn read(json: &Json) -> Result<Self, ServiceError> {
        Self::read_at(json, 0)
    }

    fn read_at(json: &Json, depth: usize) -> Result<Self, ServiceError> {
        if depth > DEEPEST {
            return Err(validation("Nesting Levels have exceeded supported limits"));
        }
        let mut members = json.as_object().into_iter().flatten();
        let (Some((kind, value)), other) = (members.next(), members.next()) else {
            return Err(validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            ));
        };
        if other.is_some() {
            let text = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
            return Err(validation(text));
        }
        let texts = || value.as_array().into_iter().flatten().filter_map(Json::as_str);
        match (kind.as_str(), value) {
            ("S", Json::String(text)) => Ok(Self::S(text.clone())),
            ("N", Json::String(text)) => number(text).map(Self::N),
            ("B", Json::String(text)) => bytes(text).map(Self::B),
            ("BOOL", Json::Bool(value)) => Ok(Self::Bool(*value)),
            ("NULL", Json::Bool(true)) => Ok(Self::Null),
            ("NULL", _) => Err(invalid("Null attribute value types must have the value of true")),
            ("L", Json::Array(items)) => {
                items.iter().map(|item| Self::read_at(item, depth + 1)).collect::<Result<_, _>>().map(Self::L)
            }
            ("M", Json::Object(members)) => {
                let read = |(name, value): (&String, &Json)| Ok((name.clone(), Self::read_at(value, depth + 1)?));
                members.iter().map(read).collect::<Result<_, _>>().map(Self::M)
            }
            ("SS", Json::Array(_)) => set(texts().map(|text| Ok(text.to_owned())), "string").map(Self::Ss),
            ("NS", Json::Array(_)) => set(texts().map(number), "number").map(Self::Ns),
            ("BS", Json::Array(_)) => set(texts().map(bytes), "binary").map(Self::Bs),
            _ => Err(serialization(format!("An attribute value of type {kind} has the wrong form."))),
        }
    }

    pub(super) fn to_json(&self) -> Json {
        match self {
            Self::B(bytes) => json!({ "B": STANDARD.encode(bytes) }),
            Self::Bool(value) => json!({ "BOOL": value }),
            Self::Bs(set) => json!({ "BS": set.iter().map(|bytes| STANDARD.encode(bytes)).collect::<Vec<_>>() }),
            Self::L(items) => json!({ "L": items.iter().map(Self::to_json).collect::<Vec<_>>() }),
            Self::M(members) => json!({ "M": item_json(members) }),
            Self::N(number) => json!({ "N": number.to_string() }),
            Self::Ns(set) => json!({ "NS": set.iter().map(ToString::to_string).collect::<Vec<_>>() }),
            Self::Null => json!({ "NULL": true }),
            Self::S(text) => json!({ "S": text }),
            Self::Ss(set) => json!({ "SS": set }),
        }
    }

    /// `S`, `N` and so on.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Bs(_) => "BS",
            Self::L(_) => "L",
            Self::M(_) => "M",
            Self::N(_) => "N",
            Self::Ns(_) => "NS",
            Self::Null => "NULL",
            Self::S(_) => "S",
            Self::Ss(_) => "SS",
        }
    }

    /// As conditions of policies compare it; only values of keys are.
    pub(super) fn policy_text(&self) -> Option<String> {
        match self {
            Self::B(bytes) => Some(STANDARD.encode(bytes)),
            Self::N(number) => Some(number.to_string()),
            Self::S(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// In bytes (DynamoDB Developer Guide, "DynamoDB item sizes and formats").
    pub(super) fn size(&self) -> usize {
        match self {
            Self::B(bytes) => bytes.len(),
            Self::Bool(_) | Self::Null => 1,
            Self::Bs(set) => set.iter().map(Vec::len).sum(),
            Self::L(items) => 3 + items.iter().map(|item| 1 + item.size()).sum::<usize>(),
            Self::M(members) => 3 + members.len() + item_size(members),
            Self::N(number) => number.size(),
            Self::Ns(set) => set.iter().map(Number::size).sum(),
            Self::S(text) => text.len(),
            Self::Ss(set) => set.iter().map(String::len).sum(),
        }
    }
}

/// # Errors
/// As [`Value::read`].
pub(super) fn read_item(members: &Map<String, Json>) -> Result<Item, ServiceError> {
    members.iter().map(|(name, value)| Ok((name.clone(), Value::read(value)?))).collect()
}

pub(super) fn item_json(item: &Item) -> Json {
    item.iter().map(|(name, value)| (name.clone(), value.to_json())).collect::<Map<_, _>>().into()
}

pub(super) fn item_size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value.size()).sum()
}

fn number(text: &str) -> Result<Number, ServiceError> {
    Number::parse(text).map_err(validation)
}

fn bytes(text: &str) -> Result<Vec<u8>, ServiceError> {
    STANDARD.decode(text).map_err(|_| serialization("A binary value is not base64."))
}

fn set<T: Ord>(
    members: impl Iterator<Item = Result<T, ServiceError>>,
    kind: &str,
) -> Result<BTreeSet<T>, ServiceError> {
    let mut set = BTreeSet::new();
    for member in members {
        if !set.insert(member?) {
            return Err(invalid("Input collection contains duplicates."));
        }
    }
    if set.is_empty() { Err(invalid(&format!("An {kind} set  may not be empty"))) } else { Ok(set) }
}

fn invalid(text: &str) -> ServiceError {
    validation(format!("One or more parameter values were invalid: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_given() {
        for value in [
            json!({ "S": "" }),
            json!({ "N": "-1.5" }),
            json!({ "B": "AAE=" }),
            json!({ "BOOL": false }),
            json!({ "NULL": true }),
            json!({ "SS": ["a", "b"] }),
            json!({ "NS": ["-1", "2"] }),
            json!({ "BS": ["AA==", "AQ=="] }),
            json!({ "L": [{ "S": "a" }, { "L": [] }] }),
            json!({ "M": { "a": { "M": {} } } }),
        ] {
            let read = Value::read(&value).unwrap();
            assert_eq!(read.to_json(), value);
            assert!(value.get(read.kind()).is_some());
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        let deep = (0..40).fold(json!({ "S": "a" }), |inner, _| json!({ "L": [inner] }));
        for (value, word) in [
            (json!({}), "is empty"),
            (json!({ "S": "a", "N": "1" }), "more than one"),
            (json!({ "N": "a" }), "numeric"),
            (json!({ "B": "?" }), "base64"),
            (json!({ "NULL": false }), "Null"),
            (json!({ "SS": [] }), "may not be empty"),
            (json!({ "NS": ["1", "1.0"] }), "duplicates"),
            (json!({ "S": 1 }), "wrong form"),
            (json!({ "X": "a" }), "wrong form"),
            (deep, "Nesting"),
        ] {
            assert!(Value::read(&value).is_err_and(|error| error.message.contains(word)), "{value}");
        }
    }
}
