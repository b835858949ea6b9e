//! `KeyConditionExpression`: the one value of the hash key, and a range of the range key.

use super::condition::{Comparator, Condition};
use super::operand::Operand;
use super::words::Words;
use crate::core::services::dynamodb::exceptions::validation;
use crate::core::services::dynamodb::table::Table;
use crate::core::services::dynamodb::value::Value;
use crate::core::wire::error::ServiceError;

const KIND: &str = "KeyConditionExpression";

/// What a query asks for.
pub(in crate::core::services::dynamodb) struct KeyCondition {
    pub(in crate::core::services::dynamodb) hash: Value,
    pub(in crate::core::services::dynamodb) range: Option<Condition>,
}

impl KeyCondition {
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn read(
        text: &str,
        words: &Words,
        table: &Table,
    ) -> Result<Self, ServiceError> {
        let (first, second) = match Condition::read(KIND, text, words)? {
            Condition::And(first, second) => (*first, Some(*second)),
            other => (other, None),
        };
        let is_hash = |condition: &Condition| key(condition).is_ok_and(|name| name == table.hash.name);
        let (hash, range) = match second {
            Some(second) if !is_hash(&first) && is_hash(&second) => (second, Some(first)),
            second => (first, second),
        };
        let name = key(&hash)?;
        if name != table.hash.name {
            return Err(validation(format!("Query condition missed key schema element: {}", table.hash.name)));
        }
        let Condition::Compare(_, Comparator::Equal, Operand::Value(value)) = hash else {
            return Err(validation("Query key condition not supported"));
        };
        if let Some(range) = &range {
            let name = key(range)?;
            let known = table.range.as_ref().filter(|attribute| attribute.name == name);
            let missed = table.range.as_ref().map_or(name, |attribute| &attribute.name);
            known.ok_or_else(|| validation(format!("Query condition missed key schema element: {missed}")))?;
        }
        let given = std::iter::once(&value).chain(range.iter().flat_map(values));
        let expected = std::iter::once(&table.hash).chain(table.range.iter().cycle());
        for (value, attribute) in given.zip(expected) {
            attribute.check(value)?;
        }
        Ok(Self { hash: value, range })
    }
}

/// The attribute that a part of a key condition is about.
fn key(condition: &Condition) -> Result<&str, ServiceError> {
    let of = |operand: &Operand, others: &[&Operand]| match operand {
        Operand::Path(path)
            if path.rest.is_empty() && others.iter().all(|other| matches!(other, Operand::Value(_))) =>
        {
            Some(path.first.clone())
        }
        _ => None,
    };
    let found = match condition {
        Condition::Compare(_, Comparator::NotEqual, _) => None,
        Condition::Compare(left, _, right) | Condition::BeginsWith(left, right) => of(left, &[right]),
        Condition::Between { value, low, high } => of(value, &[low, high]),
        _ => None,
    };
    match (found, condition.attributes().first()) {
        (Some(_), Some(name)) => Ok(name),
        _ => Err(validation(format!(
            "Invalid {KIND}: only =, <, <=, >, >=, BETWEEN and begins_with are possible, joined by one AND"
        ))),
    }
}

fn values(condition: &Condition) -> Vec<&Value> {
    let operands = match condition {
        Condition::Compare(_, _, right) | Condition::BeginsWith(_, right) => vec![right],
        Condition::Between { low, high, .. } => vec![low, high],
        _ => Vec::new(),
    };
    operands
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Value(value) => Some(value),
            Operand::Path(_) | Operand::Size(_) => None,
        })
        .collect()
}
