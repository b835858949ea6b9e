//! Reading what is in the sample resources: the tables of DynamoDB.

use serde_json::{Map, Value};

use super::ConfigError;
use super::read::located;
use crate::core::dynamodb::Table;

pub(super) fn read_tables(list: Vec<Map<String, Value>>) -> Result<Vec<Table>, ConfigError> {
    let mut tables: Vec<Table> = Vec::new();
    for description in list {
        let name = description.get("TableName").and_then(Value::as_str).unwrap_or("without TableName").to_owned();
        let place = format!("table {name}");
        if tables.iter().any(|other| other.name == name) {
            return Err(ConfigError(format!("{place} is there twice")));
        }
        tables.push(Table::read(description).map_err(|error| located(&place, &error))?);
    }
    Ok(tables)
}
