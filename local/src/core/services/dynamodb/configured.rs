//! The tables of the configuration.

use serde_json::{Map, Value};

use super::table::Table;
use crate::core::world::settings::{ConfigError, located};

pub(crate) fn read_tables(list: Vec<Map<String, Value>>) -> Result<Vec<Table>, ConfigError> {
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
