//! A table as the configuration describes it, in the words of `CreateTable`.

use serde_json::{Map, Value as Json, json};

use super::create_table::TableSettings;
use super::table::Table;
use super::value::read_item;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::shapes::DYNAMODB;

impl Table {
    /// Reads a table with its items, each in DynamoDB's own JSON.
    ///
    /// # Errors
    /// What is wrong, in DynamoDB's words where it has some.
    pub(crate) fn read(mut description: Map<String, Json>) -> Result<Self, ServiceError> {
        let items = match description.remove("Items") {
            None => Vec::new(),
            Some(Json::Array(items)) => items,
            Some(_) => return Err(invalid("Items must be a list")),
        };
        let settings: TableSettings = DYNAMODB.read("CreateTableInput", Json::Object(description))?;
        DYNAMODB.check("TableName", json!(settings.table_name))?;
        if settings.billing_mode.as_deref().is_some_and(|mode| mode != "PAY_PER_REQUEST") {
            return Err(invalid("BillingMode can only be PAY_PER_REQUEST here"));
        }
        let keys = settings.keys()?;
        let mut table = Self::new(settings, keys);
        for item in items {
            DYNAMODB.check("PutItemInputAttributeMap", item.clone())?;
            if table.put(read_item(item.as_object().unwrap_or(&Map::new()))?)?.is_some() {
                return Err(invalid(format!("the item {item} is there twice")));
            }
        }
        Ok(table)
    }
}
