//! Reading what is in the sample resources: buckets of S3 and tables of DynamoDB.

use serde_json::{Map, Value};

use super::ConfigError;
use super::read::located;
use crate::core::services::dynamodb::Table;
use crate::core::services::s3::{Bucket, is_taken};

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

pub(super) fn read_buckets(list: Vec<Map<String, Value>>) -> Result<Vec<Bucket>, ConfigError> {
    let mut buckets: Vec<Bucket> = Vec::new();
    for description in list {
        let name = description.get("Bucket").and_then(Value::as_str).unwrap_or("without Bucket").to_owned();
        let wrong = |text: String| ConfigError(format!("bucket {name}: {text}"));
        if buckets.iter().any(|other| other.name == name) {
            return Err(wrong("it is there twice".into()));
        }
        if is_taken(&name) {
            return Err(wrong("poolpass-local has something else at this address".into()));
        }
        buckets.push(Bucket::read(description.into()).map_err(wrong)?);
    }
    Ok(buckets)
}
