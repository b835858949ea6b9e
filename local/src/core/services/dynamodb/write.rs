//! What `PutItem`, `DeleteItem` and `UpdateItem` have in common.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

use super::error::Failure;
use super::exceptions::validation;
use super::expression::{Condition, Words};
use super::value::{Item, item_json};
use crate::core::wire::error::{ServiceError, unsupported};

/// The members of all three; which of them an operation has, AWS's model knows.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Write {
    pub(super) table_name: String,
    #[serde(default)]
    pub(super) key: Map<String, Json>,
    #[serde(default)]
    pub(super) item: Map<String, Json>,
    pub(super) update_expression: Option<String>,
    condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Map<String, Json>>,
    return_values: Option<String>,
    return_values_on_condition_check_failure: Option<String>,
    return_consumed_capacity: Option<String>,
    return_item_collection_metrics: Option<String>,
}

impl Write {
    /// Reads names and values, and checks what is asked back.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn words(&mut self, return_values: &[&str]) -> Result<Words, ServiceError> {
        no_metrics(self.return_consumed_capacity.as_deref())?;
        no_metrics(self.return_item_collection_metrics.as_deref())?;
        let asked = self.return_values.as_deref();
        if asked.is_some_and(|asked| asked != "NONE" && !return_values.contains(&asked)) {
            return Err(validation("Return values set to invalid value"));
        }
        let any = self.condition_expression.is_some() || self.update_expression.is_some();
        Words::read(self.expression_attribute_names.take(), self.expression_attribute_values.take(), any, any)
    }

    /// # Errors
    /// `ValidationException`.
    pub(super) fn condition(&self, words: &Words) -> Result<Option<Condition>, ServiceError> {
        let text = self.condition_expression.as_ref();
        text.map(|text| Condition::read("ConditionExpression", text, words)).transpose()
    }

    /// # Errors
    /// `ConditionalCheckFailedException` when the item is not as the condition wants it.
    pub(super) fn hold(&self, condition: Option<&Condition>, item: Option<&Item>) -> Result<(), Failure> {
        let none = Item::new();
        if condition.is_none_or(|condition| condition.holds(item.unwrap_or(&none))) {
            return Ok(());
        }
        let wanted = self.return_values_on_condition_check_failure.as_deref() == Some("ALL_OLD");
        Err(Failure::condition(item.filter(|_| wanted).cloned()))
    }

    pub(super) fn asks_for(&self, values: &str) -> bool {
        self.return_values.as_deref() == Some(values)
    }
}

/// A reply with `Attributes`, where there are some.
pub(super) fn reply(attributes: Option<&Item>) -> Json {
    match attributes.filter(|item| !item.is_empty()) {
        Some(item) => json!({ "Attributes": item_json(item) }),
        None => json!({}),
    }
}

/// Nothing is billed here, so only `NONE` is understood.
///
/// # Errors
/// `ValidationException`.
pub(super) fn no_metrics(asked: Option<&str>) -> Result<(), ServiceError> {
    match asked {
        None | Some("NONE") => Ok(()),
        Some(other) => Err(unsupported(format_args!("consumed capacity and item collection metrics ({other})"))),
    }
}
