//! `UpdateExpression`: `SET`, `REMOVE`, `ADD` and `DELETE`.

use super::parser::Parser;
use super::path::{Path, Step};
use super::projection;
use super::projection::Projection;
use super::words::Words;
use crate::core::services::dynamodb::exceptions::validation;
use crate::core::services::dynamodb::value::{Item, Value};
use crate::core::wire::error::ServiceError;

const KIND: &str = "UpdateExpression";

/// What an update changes. All of it looks at the item as it was before.
pub(in crate::core::services::dynamodb) struct Update(Vec<(Path, Action)>);

enum Action {
    Add(Value),
    Delete(Value),
    Remove,
    Set(Term),
}

/// What a path is set to.
enum Term {
    /// `if_not_exists(path, …)`.
    Default(Path, Box<Self>),
    Difference(Box<Self>, Box<Self>),
    /// `list_append(…, …)`.
    Joined(Box<Self>, Box<Self>),
    Path(Path),
    Sum(Box<Self>, Box<Self>),
    Value(Value),
}

impl Update {
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn read(text: &str, words: &Words) -> Result<Self, ServiceError> {
        let actions = Parser::new(KIND, text, words)?.whole(clauses)?;
        let paths: Vec<Path> = actions.iter().map(|(path, _)| path.clone()).collect();
        projection::check(KIND, &paths)?;
        Ok(Self(actions))
    }

    /// The attributes that it changes.
    pub(in crate::core::services::dynamodb) fn attributes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(path, _)| path.attribute())
    }

    /// The part of an item that it is about.
    pub(in crate::core::services::dynamodb) fn part(&self, item: &Item) -> Item {
        Projection::onto(self.0.iter().map(|(path, _)| path.clone()).collect()).of(item)
    }

    /// The item afterwards.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn of(&self, item: &Item) -> Result<Item, ServiceError> {
        let mut changed = item.clone();
        // Elements leave lists from the end, so that the indexes of the others stay what they were.
        let mut removed: Vec<&Path> = Vec::new();
        for (path, action) in &self.0 {
            let value = match action {
                Action::Set(term) => term.value(item)?,
                Action::Add(value) => added(path.get(item), value)?,
                Action::Remove => {
                    removed.push(path);
                    continue;
                }
                Action::Delete(value) => match path.get(item).map(|old| without(old, value)).transpose()? {
                    Some(Some(rest)) => rest,
                    Some(None) => {
                        removed.push(path);
                        continue;
                    }
                    None => continue,
                },
            };
            set(&mut changed, path, value)?;
        }
        removed.sort();
        removed.into_iter().rev().for_each(|path| remove(&mut changed, path));
        Ok(changed)
    }
}

fn clauses(parser: &mut Parser<'_>) -> Result<Vec<(Path, Action)>, ServiceError> {
    let mut actions = Vec::new();
    let mut seen = Vec::new();
    while parser.peek().is_some() {
        let clause = ["SET", "REMOVE", "ADD", "DELETE"].into_iter().find(|clause| parser.keyword(clause));
        let clause = clause.ok_or_else(|| parser.syntax())?;
        if seen.contains(&clause) {
            return Err(
                parser.invalid(format_args!("The \"{clause}\" section can only be used once in an update expression;"))
            );
        }
        seen.push(clause);
        loop {
            let path = parser.path()?;
            let operand = |parser: &mut Parser<'_>| parser.value()?.ok_or_else(|| parser.syntax());
            let action = match clause {
                "SET" => {
                    parser.expect("=")?;
                    Action::Set(sum(parser)?)
                }
                "REMOVE" => Action::Remove,
                "ADD" => Action::Add(operand(parser)?),
                _ => Action::Delete(operand(parser)?),
            };
            actions.push((path, action));
            if !parser.sign(",") {
                break;
            }
        }
    }
    Ok(actions)
}

fn sum(parser: &mut Parser<'_>) -> Result<Term, ServiceError> {
    let left = Box::new(term(parser)?);
    if parser.sign("+") {
        return Ok(Term::Sum(left, Box::new(term(parser)?)));
    }
    if parser.sign("-") {
        return Ok(Term::Difference(left, Box::new(term(parser)?)));
    }
    Ok(*left)
}

fn term(parser: &mut Parser<'_>) -> Result<Term, ServiceError> {
    if let Some(value) = parser.value()? {
        return Ok(Term::Value(value));
    }
    let made = match parser.function().as_deref() {
        None => return parser.path().map(Term::Path),
        Some("if_not_exists") => {
            let path = parser.path()?;
            parser.expect(",")?;
            Term::Default(path, Box::new(parser.deeper(term)?))
        }
        Some("list_append") => {
            let first = Box::new(parser.deeper(term)?);
            parser.expect(",")?;
            Term::Joined(first, Box::new(parser.deeper(term)?))
        }
        Some(name) => return Err(parser.invalid(format_args!("Invalid function name; function: {name}"))),
    };
    parser.expect(")")?;
    Ok(made)
}

impl Term {
    fn value(&self, item: &Item) -> Result<Value, ServiceError> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::Path(path) => path.get(item).cloned().ok_or_else(|| {
                validation("The provided expression refers to an attribute that does not exist in the item")
            }),
            Self::Default(path, other) => path.get(item).map_or_else(|| other.value(item), |value| Ok(value.clone())),
            Self::Joined(first, second) => match (first.value(item)?, second.value(item)?) {
                (Value::L(first), Value::L(second)) => Ok(Value::L([first, second].concat())),
                _ => Err(wrong_type()),
            },
            Self::Sum(left, right) => match (left.value(item)?, right.value(item)?) {
                (Value::N(left), Value::N(right)) => left.plus(&right).map(Value::N).map_err(validation),
                _ => Err(wrong_type()),
            },
            Self::Difference(left, right) => match (left.value(item)?, right.value(item)?) {
                (Value::N(left), Value::N(right)) => left.plus(&right.negated()).map(Value::N).map_err(validation),
                _ => Err(wrong_type()),
            },
        }
    }
}

/// `ADD`: to a number, or to a set.
fn added(old: Option<&Value>, value: &Value) -> Result<Value, ServiceError> {
    match (old, value) {
        (None, Value::N(_) | Value::Ss(_) | Value::Ns(_) | Value::Bs(_)) => Ok(value.clone()),
        (Some(Value::N(old)), Value::N(more)) => old.plus(more).map(Value::N).map_err(validation),
        (Some(Value::Ss(old)), Value::Ss(more)) => Ok(Value::Ss(old | more)),
        (Some(Value::Ns(old)), Value::Ns(more)) => Ok(Value::Ns(old | more)),
        (Some(Value::Bs(old)), Value::Bs(more)) => Ok(Value::Bs(old | more)),
        _ => Err(wrong_type()),
    }
}

/// `DELETE`: from a set, which vanishes when it becomes empty.
fn without(old: &Value, value: &Value) -> Result<Option<Value>, ServiceError> {
    let rest = match (old, value) {
        (Value::Ss(old), Value::Ss(less)) => Value::Ss(old - less),
        (Value::Ns(old), Value::Ns(less)) => Value::Ns(old - less),
        (Value::Bs(old), Value::Bs(less)) => Value::Bs(old - less),
        _ => return Err(wrong_type()),
    };
    let is_empty = match &rest {
        Value::Ss(set) => set.is_empty(),
        Value::Ns(set) => set.is_empty(),
        Value::Bs(set) => set.is_empty(),
        _ => false,
    };
    Ok((!is_empty).then_some(rest))
}

/// The list or map that the last step of a path leads into.
fn parent<'i>(item: &'i mut Item, path: &Path, steps: &[Step]) -> Option<&'i mut Value> {
    steps.iter().try_fold(item.get_mut(&path.first)?, |value, step| match (step, value) {
        (Step::Index(index), Value::L(items)) => items.get_mut(*index),
        (Step::Name(name), Value::M(members)) => members.get_mut(name),
        _ => None,
    })
}

fn set(item: &mut Item, path: &Path, value: Value) -> Result<(), ServiceError> {
    let Some((last, steps)) = path.rest.split_last() else {
        item.insert(path.first.clone(), value);
        return Ok(());
    };
    match (last, parent(item, path, steps)) {
        (Step::Name(name), Some(Value::M(members))) => drop(members.insert(name.clone(), value)),
        (Step::Index(index), Some(Value::L(items))) => match items.get_mut(*index) {
            Some(place) => *place = value,
            None => items.push(value),
        },
        _ => return Err(validation("The document path provided in the update expression is invalid for update")),
    }
    Ok(())
}

fn remove(item: &mut Item, path: &Path) {
    let Some((last, steps)) = path.rest.split_last() else {
        item.remove(&path.first);
        return;
    };
    match (last, parent(item, path, steps)) {
        (Step::Name(name), Some(Value::M(members))) => drop(members.remove(name)),
        (Step::Index(index), Some(Value::L(items))) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

fn wrong_type() -> ServiceError {
    validation("An operand in the update expression has an incorrect data type")
}
