//! Conditions: what they mean for an item.

use super::operand::Operand;
use super::path::Path;
use crate::core::services::dynamodb::value::{Item, Value};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::core::services::dynamodb) enum Comparator {
    Equal,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    NotEqual,
}

impl Comparator {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("=", Self::Equal),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        ("<>", Self::NotEqual),
    ];

    fn holds(self, left: &Value, right: &Value) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            _ if !same_order(left, right) => false,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
        }
    }
}

/// A condition, filter or key condition.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::core::services::dynamodb) enum Condition {
    And(Box<Self>, Box<Self>),
    BeginsWith(Operand, Operand),
    Between { value: Operand, low: Operand, high: Operand },
    Compare(Operand, Comparator, Operand),
    Contains(Operand, Operand),
    Exists(Path),
    In(Operand, Vec<Operand>),
    Not(Box<Self>),
    Or(Box<Self>, Box<Self>),
    Type(Path, String),
}

impl Condition {
    pub(in crate::core::services::dynamodb) fn holds(&self, item: &Item) -> bool {
        let both = |a: &Operand, b: &Operand| Some((a.get(item)?, b.get(item)?));
        match self {
            Self::And(left, right) => left.holds(item) && right.holds(item),
            Self::BeginsWith(text, start) => both(text, start).is_some_and(|(text, start)| begins_with(&text, &start)),
            Self::Between { value, low, high } => {
                let (low, high) = (both(low, value), both(value, high));
                let holds =
                    |pair: Option<(Value, Value)>| pair.is_some_and(|(a, b)| Comparator::LessOrEqual.holds(&a, &b));
                holds(low) && holds(high)
            }
            // A value that is not there differs from all others.
            Self::Compare(left, Comparator::NotEqual, right) => left.get(item) != right.get(item),
            Self::Compare(left, comparator, right) => both(left, right).is_some_and(|(a, b)| comparator.holds(&a, &b)),
            Self::Contains(whole, part) => both(whole, part).is_some_and(|(whole, part)| contains(&whole, &part)),
            Self::Exists(path) => path.get(item).is_some(),
            Self::In(value, list) => list.iter().any(|other| both(value, other).is_some_and(|(a, b)| a == b)),
            Self::Not(inner) => !inner.holds(item),
            Self::Or(left, right) => left.holds(item) || right.holds(item),
            Self::Type(path, kind) => path.get(item).is_some_and(|value| value.kind() == kind),
        }
    }

    /// The attributes that it looks at.
    pub(in crate::core::services::dynamodb) fn attributes(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => [left.attributes(), right.attributes()].concat(),
            Self::BeginsWith(a, b) | Self::Compare(a, _, b) | Self::Contains(a, b) => named(&[a, b]),
            Self::Between { value, low, high } => named(&[value, low, high]),
            Self::Exists(path) | Self::Type(path, _) => vec![path.attribute()],
            Self::In(value, list) => [named(&[value]), named(&list.iter().collect::<Vec<_>>())].concat(),
            Self::Not(inner) => inner.attributes(),
        }
    }
}

fn named<'c>(operands: &[&'c Operand]) -> Vec<&'c str> {
    operands.iter().filter_map(|operand| operand.path()).map(Path::attribute).collect()
}

/// Texts, numbers and binary values are in order among themselves.
fn same_order(left: &Value, right: &Value) -> bool {
    matches!((left, right), (Value::S(_), Value::S(_)) | (Value::N(_), Value::N(_)) | (Value::B(_), Value::B(_)))
}

fn begins_with(text: &Value, start: &Value) -> bool {
    match (text, start) {
        (Value::S(text), Value::S(start)) => text.starts_with(start.as_str()),
        (Value::B(bytes), Value::B(start)) => bytes.starts_with(start),
        _ => false,
    }
}

fn contains(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::S(text), Value::S(part)) => text.contains(part.as_str()),
        (Value::B(bytes), Value::B(part)) => {
            part.is_empty() || bytes.windows(part.len()).any(|window| window == part.as_slice())
        }
        (Value::Ss(set), Value::S(member)) => set.contains(member),
        (Value::Ns(set), Value::N(member)) => set.contains(member),
        (Value::Bs(set), Value::B(member)) => set.contains(member),
        (Value::L(items), member) => items.contains(member),
        _ => false,
    }
}
