//! Document paths: `a.b[0]`.

use std::fmt;

use crate::core::services::dynamodb::value::{Item, Value};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::core::services::dynamodb) enum Step {
    Index(usize),
    Name(String),
}

/// Where a value is in an item. The first step is a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::core::services::dynamodb) struct Path {
    pub(super) first: String,
    pub(super) rest: Vec<Step>,
}

impl Path {
    /// The attribute that it leads into.
    pub(in crate::core::services::dynamodb) fn attribute(&self) -> &str {
        &self.first
    }

    pub(super) fn get<'i>(&self, item: &'i Item) -> Option<&'i Value> {
        self.rest.iter().try_fold(item.get(&self.first)?, |value, step| match (step, value) {
            (Step::Index(index), Value::L(items)) => items.get(*index),
            (Step::Name(name), Value::M(members)) => members.get(name),
            _ => None,
        })
    }

    /// Whether one of them leads to or through the other.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.first == other.first && self.rest.iter().zip(&other.rest).all(|(a, b)| a == b)
    }

    /// Whether they take a value for a list and for a map.
    pub(super) fn conflicts(&self, other: &Self) -> bool {
        let differ = self.rest.iter().zip(&other.rest).find(|(a, b)| a != b);
        self.first == other.first
            && matches!(differ, Some((Step::Index(_), Step::Name(_)) | (Step::Name(_), Step::Index(_))))
    }
}

/// As DynamoDB's errors show paths.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}", self.first)?;
        for step in &self.rest {
            match step {
                Step::Index(index) => write!(f, ", [{index}]")?,
                Step::Name(name) => write!(f, ", {name}")?,
            }
        }
        f.write_str("]")
    }
}
