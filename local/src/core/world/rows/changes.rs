//! What has changed between two states.

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use serde::Serialize;

use super::keeper::Change;
use super::row::Row;

/// Changed rows, in no order.
#[derive(Default)]
pub(crate) struct Changes(Vec<Change>);

impl Changes {
    pub(crate) fn into_list(self) -> Vec<Change> {
        self.0
    }

    /// A row that is only written if it is not the same as before.
    pub(crate) fn row<T: Serialize>(&mut self, key: &[&str], before: Option<&T>, now: Option<&T>) {
        let (before, now) = (before.map(text), now.map(text));
        if before != now {
            self.0.push((key.join("\n"), now));
        }
    }

    /// The rows of a table: the path to it, and then the key of each. What both states share is not looked at.
    pub(crate) fn table<K: AsRef<str> + Ord, T: Serialize>(
        &mut self,
        path: &[&str],
        before: Option<&OrdMap<K, Row<T>>>,
        now: Option<&OrdMap<K, Row<T>>>,
    ) {
        let mut add = |key: &K, before: Option<&Row<T>>, now: Option<&Row<T>>| {
            let path = [path, &[key.as_ref()]].concat();
            self.row(&path, before.map(|row| &**row), now.map(|row| &**row));
        };
        match (before, now) {
            (Some(before), Some(now)) => before.diff(now).for_each(|item| match item {
                DiffItem::Add(key, row) => add(key, None, Some(row)),
                DiffItem::Update { old: (key, old), new: (_, new) } => add(key, Some(old), Some(new)),
                DiffItem::Remove(key, row) => add(key, Some(row), None),
            }),
            (Some(before), None) => before.iter().for_each(|(key, row)| add(key, Some(row), None)),
            (None, Some(now)) => now.iter().for_each(|(key, row)| add(key, None, Some(row))),
            (None, None) => {}
        }
    }
}

/// A value as it is kept.
fn text(value: &impl Serialize) -> String {
    // Only maps whose keys are no texts could fail; a test reads every kind of row back.
    serde_json::to_string(value).unwrap_or_else(|error| unreachable!("{error}"))
}
