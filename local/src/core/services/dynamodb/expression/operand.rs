//! What conditions compare.

use super::path::Path;
use crate::core::services::dynamodb::number::Number;
use crate::core::services::dynamodb::value::{Item, Value};

#[derive(Clone, Debug, PartialEq)]
pub(in crate::core::services::dynamodb) enum Operand {
    Path(Path),
    /// `size(path)`.
    Size(Path),
    Value(Value),
}

impl Operand {
    pub(super) fn get(&self, item: &Item) -> Option<Value> {
        match self {
            Self::Path(path) => path.get(item).cloned(),
            Self::Size(path) => size(path.get(item)?).map(|size| Value::N(Number::of(size))),
            Self::Value(value) => Some(value.clone()),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) | Self::Size(path) => Some(path),
            Self::Value(_) => None,
        }
    }
}

/// As the function `size` counts; not all types have one.
fn size(value: &Value) -> Option<usize> {
    match value {
        Value::B(bytes) => Some(bytes.len()),
        Value::Bs(set) => Some(set.len()),
        Value::L(items) => Some(items.len()),
        Value::M(members) => Some(members.len()),
        Value::Ns(set) => Some(set.len()),
        Value::S(text) => Some(text.chars().count()),
        Value::Ss(set) => Some(set.len()),
        Value::Bool(_) | Value::N(_) | Value::Null => None,
    }
}
