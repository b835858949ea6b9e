//! `ProjectionExpression`: which parts of an item are sent back.

use super::parser::Parser;
use super::path::{Path, Step};
use super::words::Words;
use crate::core::services::dynamodb::exceptions::validation;
use crate::core::services::dynamodb::value::{Item, Value};
use crate::core::wire::error::ServiceError;

/// Paths that don't overlap, in order.
pub(in crate::core::services::dynamodb) struct Projection(Vec<Path>);

impl Projection {
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn read(text: &str, words: &Words) -> Result<Self, ServiceError> {
        let paths = Parser::new("ProjectionExpression", text, words)?.whole(|parser| {
            let mut paths = vec![parser.path()?];
            while parser.sign(",") {
                paths.push(parser.path()?);
            }
            Ok(paths)
        })?;
        check("ProjectionExpression", &paths)?;
        Ok(Self::onto(paths))
    }

    /// Onto paths that were checked.
    pub(super) fn onto(mut paths: Vec<Path>) -> Self {
        paths.sort();
        Self(paths)
    }

    pub(in crate::core::services::dynamodb) fn attributes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Path::attribute)
    }

    /// What it leaves of an item.
    pub(in crate::core::services::dynamodb) fn of(&self, item: &Item) -> Item {
        let groups = self.0.chunk_by(|one, other| one.first == other.first);
        let part = groups.filter_map(|paths| {
            let rest: Vec<&[Step]> = paths.iter().map(|path| path.rest.as_slice()).collect();
            Some((paths[0].first.clone(), part(item.get(&paths[0].first)?, &rest)?))
        });
        part.collect()
    }
}

/// Paths may not lead into each other.
///
/// # Errors
/// `ValidationException`.
pub(super) fn check(kind: &str, paths: &[Path]) -> Result<(), ServiceError> {
    for (index, path) in paths.iter().enumerate() {
        for other in &paths[..index] {
            let what = match (path.overlaps(other), path.conflicts(other)) {
                (true, _) => "overlap",
                (_, true) => "conflict",
                _ => continue,
            };
            return Err(validation(format!(
                "Invalid {kind}: Two document paths {what} with each other; must remove or rewrite one of these paths; \
                 path one: {other}, path two: {path}"
            )));
        }
    }
    Ok(())
}

/// What paths in order leave of a value, if it has any of them. Elements of lists move together.
fn part(value: &Value, paths: &[&[Step]]) -> Option<Value> {
    if paths.iter().any(|path| path.is_empty()) {
        return Some(value.clone());
    }
    let groups = paths.chunk_by(|one, other| one[0] == other[0]).map(|group| {
        let rest: Vec<&[Step]> = group.iter().map(|path| &path[1..]).collect();
        (&group[0][0], rest)
    });
    let found = groups.filter_map(|(step, rest)| match (step, value) {
        (Step::Name(name), Value::M(members)) => Some((step, part(members.get(name)?, &rest)?)),
        (Step::Index(index), Value::L(items)) => Some((step, part(items.get(*index)?, &rest)?)),
        _ => None,
    });
    let found: Vec<(&Step, Value)> = found.collect();
    match found.first()?.0 {
        Step::Index(_) => Some(Value::L(found.into_iter().map(|(_, value)| value).collect())),
        Step::Name(_) => {
            let named = found.into_iter().filter_map(|(step, value)| match step {
                Step::Name(name) => Some((name.clone(), value)),
                Step::Index(_) => None,
            });
            Some(Value::M(named.collect()))
        }
    }
}
