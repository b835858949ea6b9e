//! `ProjectionExpression`: which parts of an item are sent back.

use super::parser::Parser;
use super::path::{Path, Step};
use super::words::Words;
use crate::core::dynamodb::error::validation;
use crate::core::dynamodb::value::{Item, Value};
use crate::core::error::ServiceError;

/// Paths that don't overlap, in order.
pub(in crate::core::dynamodb) struct Projection(Vec<Path>);

impl Projection {
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::dynamodb) fn read(text: &str, words: &Words) -> Result<Self, ServiceError> {
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

    pub(in crate::core::dynamodb) fn attributes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Path::attribute)
    }

    /// What it leaves of an item.
    pub(in crate::core::dynamodb) fn of(&self, item: &Item) -> Item {
        let mut part = Item::new();
        for path in &self.0 {
            if let Some(found) = path.get(item) {
                let place = part.entry(path.first.clone()).or_insert_with(|| hollow(path.rest.first(), found));
                fill(place, &path.rest, found);
            }
        }
        part
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

/// What is to be filled: a list or a map without anything in it, or the value itself.
fn hollow(step: Option<&Step>, value: &Value) -> Value {
    match step {
        Some(Step::Index(_)) => Value::L(Vec::new()),
        Some(Step::Name(_)) => Value::M(Item::new()),
        None => value.clone(),
    }
}

/// Elements of lists move together; the paths come in the order of their indexes, and those of one element follow each other.
fn fill(place: &mut Value, steps: &[Step], value: &Value) {
    let Some((step, rest)) = steps.split_first() else { return };
    let next = hollow(rest.first(), value);
    match (place, step) {
        (Value::M(members), Step::Name(name)) => fill(members.entry(name.clone()).or_insert(next), rest, value),
        (Value::L(items), Step::Index(_)) => {
            items.push(next);
            if let Some(last) = items.last_mut() {
                fill(last, rest, value);
            }
        }
        _ => {}
    }
}
