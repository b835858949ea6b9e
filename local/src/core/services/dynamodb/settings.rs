//! A table as the configuration describes it, in the words of `CreateTable`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::key_attribute::{KeyAttribute, KeyKind};
use super::table::Table;
use super::value::read_item;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::shapes::DYNAMODB;

/// What is understood of `CreateTable`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TableSettings {
    pub(super) table_name: String,
    pub(super) key_schema: Vec<KeyElement>,
    pub(super) attribute_definitions: Vec<AttributeDefinition>,
    billing_mode: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct KeyElement {
    attribute_name: String,
    key_type: String,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AttributeDefinition {
    attribute_name: String,
    attribute_type: String,
}

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

impl TableSettings {
    fn keys(&self) -> Result<(KeyAttribute, Option<KeyAttribute>), ServiceError> {
        let attribute = |element: &KeyElement| {
            let name = &element.attribute_name;
            let found = self.attribute_definitions.iter().find(|definition| &definition.attribute_name == name);
            let kind = match found.map(|definition| definition.attribute_type.as_str()) {
                Some("B") => KeyKind::B,
                Some("N") => KeyKind::N,
                Some("S") => KeyKind::S,
                _ => return Err(invalid(format!("the key {name} has no AttributeDefinition"))),
            };
            Ok(KeyAttribute { name: name.clone(), kind })
        };
        let kinds: Vec<&str> = self.key_schema.iter().map(|element| element.key_type.as_str()).collect();
        if !matches!(kinds[..], ["HASH"] | ["HASH", "RANGE"]) {
            return Err(invalid("KeySchema must have a HASH key and may have a RANGE key after it"));
        }
        let mut keys = self.key_schema.iter().map(attribute).collect::<Result<Vec<_>, _>>()?;
        if keys.len() != self.attribute_definitions.len() || keys.iter().skip(1).any(|key| key.name == keys[0].name) {
            return Err(invalid(
                "AttributeDefinitions must have the attributes of the key and no others, as there are no indexes here",
            ));
        }
        let range = (keys.len() == 2).then(|| keys.pop()).flatten();
        Ok((keys.remove(0), range))
    }
}
