//! What `Query` and `Scan` have in common.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

use super::exceptions::validation;
use super::expression::{Condition, Projection, Words};
use super::table::{Key, Table};
use super::value::{Item, item_json, item_size, read_item};
use super::write::no_metrics;
use crate::core::wire::error::ServiceError;

/// The members of both; which of them an operation has, AWS's model knows.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    pub(super) table_name: String,
    pub(super) key_condition_expression: Option<String>,
    filter_expression: Option<String>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Map<String, Json>>,
    exclusive_start_key: Option<Map<String, Json>>,
    limit: Option<usize>,
    pub(super) scan_index_forward: Option<bool>,
    select: Option<String>,
    /// Every read is consistent here.
    #[serde(rename = "ConsistentRead")]
    _consistent_read: Option<bool>,
    return_consumed_capacity: Option<String>,
}

/// A search that was understood.
pub(super) struct Search {
    pub(super) filter: Option<Condition>,
    projection: Option<Projection>,
    start: Option<Item>,
    limit: Option<usize>,
    select: String,
}

/// A page ends after so many bytes of items.
const LARGEST_PAGE: usize = 1024 * 1024;

impl Input {
    /// # Errors
    /// `ValidationException`.
    pub(super) fn words(&mut self) -> Result<Words, ServiceError> {
        no_metrics(self.return_consumed_capacity.as_deref())?;
        let valued = self.filter_expression.is_some() || self.key_condition_expression.is_some();
        let any = valued || self.projection_expression.is_some();
        Words::read(self.expression_attribute_names.take(), self.expression_attribute_values.take(), any, valued)
    }

    /// # Errors
    /// `ValidationException`.
    pub(super) fn search(&self, words: &Words) -> Result<Search, ServiceError> {
        let filter = self.filter_expression.as_ref();
        let filter = filter.map(|text| Condition::read("FilterExpression", text, words)).transpose()?;
        let projection = self.projection_expression.as_ref();
        let projection = projection.map(|text| Projection::read(text, words)).transpose()?;
        words.all_used()?;
        let select = match (self.select.as_deref(), &projection) {
            (None, None) => "ALL_ATTRIBUTES",
            (None, Some(_)) => "SPECIFIC_ATTRIBUTES",
            (Some(select @ ("ALL_ATTRIBUTES" | "COUNT")), None) | (Some(select @ "SPECIFIC_ATTRIBUTES"), Some(_)) => {
                select
            }
            (Some("ALL_PROJECTED_ATTRIBUTES"), _) => {
                let text = "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName";
                return Err(validation(format!("One or more parameter values were invalid: {text}")));
            }
            (Some(select), Some(_)) => {
                return Err(validation(format!(
                    "Cannot specify the ProjectionExpression when choosing to get {select}"
                )));
            }
            (Some(select), None) => {
                return Err(validation(format!("Must specify the ProjectionExpression when choosing to get {select}")));
            }
        };
        let start = self.exclusive_start_key.as_ref().map(read_item).transpose()?;
        Ok(Search { filter, projection, start, limit: self.limit, select: select.into() })
    }
}

impl Search {
    pub(super) fn select(&self) -> &str {
        &self.select
    }

    /// The attributes that it names.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &str> {
        let filtered = self.filter.iter().flat_map(Condition::attributes);
        filtered.chain(self.projection.iter().flat_map(Projection::attributes))
    }

    /// Where it goes on.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn start(&self, table: &Table) -> Result<Option<Key>, ServiceError> {
        let read = |start| table.key(start).map_err(|_| validation("The provided starting key is invalid"));
        self.start.as_ref().map(read).transpose()
    }

    /// One page of what was found.
    pub(super) fn page<'t>(&self, table: &Table, candidates: impl Iterator<Item = (&'t Key, &'t Item)>) -> Json {
        let (mut scanned, mut size, mut last) = (0, 0, None);
        let mut found = Vec::new();
        for (key, item) in candidates {
            scanned += 1;
            size += item_size(item);
            if self.filter.as_ref().is_none_or(|filter| filter.holds(item)) {
                found.push(item);
            }
            if self.limit == Some(scanned) || size > LARGEST_PAGE {
                last = Some(key);
                break;
            }
        }
        let mut page = json!({ "Count": found.len(), "ScannedCount": scanned });
        if self.select != "COUNT" {
            let part = |item: &Item| match &self.projection {
                Some(projection) => item_json(&projection.of(item)),
                None => item_json(item),
            };
            page["Items"] = found.into_iter().map(part).collect();
        }
        if let Some(key) = last {
            page["LastEvaluatedKey"] = item_json(&table.key_item(key));
        }
        page
    }
}
