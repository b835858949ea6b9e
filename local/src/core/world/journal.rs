//! Which requests came. Never what was in them.

use serde::Serialize;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

/// The log keeps that many requests; the counts go on.
const KEPT: usize = 200;
/// So many operations are shown with their counts.
const SHOWN: usize = 50;

/// One request.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) operation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    pub(crate) at_ms: u64,
    pub(crate) status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error_type: Option<String>,
}

/// Counts and the last requests, oldest first.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Journal {
    total: u64,
    by_operation: BTreeMap<String, u64>,
    #[serde(skip)]
    errors: BTreeMap<String, u64>,
    pub(crate) log: VecDeque<Entry>,
}

impl Journal {
    pub(crate) fn add(&mut self, entry: Entry) {
        self.total += 1;
        *self.by_operation.entry(entry.operation.clone()).or_default() += 1;
        if entry.status >= 400 {
            *self.errors.entry(entry.operation.clone()).or_default() += 1;
        }
        self.log.push_back(entry);
        if self.log.len() > KEPT {
            self.log.pop_front();
        }
    }

    /// The operations by how often they were called, and how often in vain.
    pub(crate) fn most_frequent(&self) -> Vec<Value> {
        let mut counts: Vec<(&String, &u64)> = self.by_operation.iter().collect();
        counts.sort_by_key(|(operation, count)| (Reverse(**count), *operation));
        let errors = |operation: &str| self.errors.get(operation).copied().unwrap_or_default();
        let shown = |(operation, count): (&String, &u64)| json!({ "operation": operation, "count": count, "errors": errors(operation) });
        counts.into_iter().take(SHOWN).map(shown).collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
