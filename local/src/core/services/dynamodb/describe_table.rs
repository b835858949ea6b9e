//! `DescribeTable`.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::call::{Call, Touched};
use super::error::{Failure, not_found};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    table_name: String,
}

pub(super) fn run(call: &mut Call<'_>, input: Input) -> Result<Json, Failure> {
    call.allow(&input.table_name, Touched::default())?;
    let table = call.tables.find(&input.table_name);
    let table = table
        .ok_or_else(|| not_found(format!("Requested resource not found: Table: {} not found", input.table_name)))?;
    Ok(json!({ "Table": table.describe(&call.tables.arn(&input.table_name)) }))
}
