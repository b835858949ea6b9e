//! `ListTables`.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::call::Call;
use super::error::Failure;
use crate::core::iam;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    exclusive_start_table_name: Option<String>,
    limit: Option<usize>,
}

pub(super) fn run(call: &mut Call<'_>, input: Input) -> Result<Json, Failure> {
    // It has no resource of its own.
    call.allow_on("*", &iam::Context::default())?;
    let start = input.exclusive_start_table_name.unwrap_or_default();
    let mut names: Vec<&str> = call.tables.names().filter(|name| *name > start.as_str()).collect();
    let limit = input.limit.unwrap_or(100);
    let more = names.len() > limit;
    names.truncate(limit);
    let mut reply = json!({ "TableNames": names });
    if let Some(last) = names.last().filter(|_| more) {
        reply["LastEvaluatedTableName"] = json!(last);
    }
    Ok(reply)
}
