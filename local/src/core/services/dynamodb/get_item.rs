//! `GetItem`.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

use super::call::{Call, Touched};
use super::error::Failure;
use super::expression::{Projection, Words};
use super::value::{item_json, read_item};
use super::write::no_metrics;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    table_name: String,
    key: Map<String, Json>,
    /// Every read is consistent here.
    #[serde(rename = "ConsistentRead")]
    _consistent_read: Option<bool>,
    projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    return_consumed_capacity: Option<String>,
}

pub(super) fn run(call: &mut Call<'_>, input: Input) -> Result<Json, Failure> {
    no_metrics(input.return_consumed_capacity.as_deref())?;
    let words = Words::read(input.expression_attribute_names, None, input.projection_expression.is_some(), false)?;
    let projection = input.projection_expression.map(|text| Projection::read(&text, &words)).transpose()?;
    words.all_used()?;
    let given = read_item(&input.key)?;
    let key = call.table(&input.table_name)?.key(&given)?;
    let projected = projection.iter().flat_map(Projection::attributes);
    call.allow(&input.table_name, Touched::key(&key).with(given.keys().map(String::as_str)).with(projected))?;
    let item = call.table(&input.table_name)?.items.get(&key);
    let item = item.map(|item| projection.as_ref().map_or_else(|| item.clone(), |projection| projection.of(item)));
    Ok(item.map_or_else(|| json!({}), |item| json!({ "Item": item_json(&item) })))
}
