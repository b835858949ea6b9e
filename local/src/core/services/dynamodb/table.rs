//! Tables and the items in them.

use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::create_table::TableSettings;
use super::exceptions::validation;
use super::key_attribute::{KeyAttribute, KeyKind};
use super::value::{Item, Value, item_size};
use crate::core::wire::error::ServiceError;
use crate::core::world::random::stable_uuid;

/// What identifies an item: the values of its hash key and, where the table has one, of its range key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) hash: Value,
    pub(super) range: Option<Value>,
}

/// One table.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(super) hash: KeyAttribute,
    pub(super) range: Option<KeyAttribute>,
    pub(super) items: BTreeMap<Key, Item>,
    settings: TableSettings,
}

/// Tables of the configuration are as old as this: 1 January 2025.
const CREATED_S: u64 = 1_735_689_600;
/// Larger items are refused ("Service, account, and table quotas").
const LARGEST_ITEM: usize = 400 * 1024;
/// The longest hash and range key, in bytes.
const LONGEST_KEYS: [usize; 2] = [2048, 1024];

impl Table {
    pub(super) fn new(settings: TableSettings, keys: (KeyAttribute, Option<KeyAttribute>)) -> Self {
        let (hash, range) = keys;
        Self { name: settings.table_name.clone(), hash, range, items: BTreeMap::new(), settings }
    }

    /// The attributes of the key, hash first.
    pub(super) fn key_attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        std::iter::once(&self.hash).chain(&self.range)
    }

    pub(super) fn is_key(&self, name: &str) -> bool {
        self.key_attributes().any(|attribute| attribute.name == name)
    }

    /// The key that a request names: these attributes and no others.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn key(&self, given: &Item) -> Result<Key, ServiceError> {
        let wrong = || validation("The provided key element does not match the schema");
        if given.len() != self.key_attributes().count() {
            return Err(wrong());
        }
        if self
            .key_attributes()
            .any(|attribute| given.get(&attribute.name).is_none_or(|v| v.kind() != attribute.kind.name()))
        {
            return Err(wrong());
        }
        self.key_of(given)
    }

    /// The key of a whole item.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn key_of(&self, item: &Item) -> Result<Key, ServiceError> {
        let mut values = Vec::new();
        for (attribute, longest) in self.key_attributes().zip(LONGEST_KEYS) {
            let KeyAttribute { name, kind } = attribute;
            let value = item.get(name).ok_or_else(|| {
                validation(format!("One or more parameter values were invalid: Missing the key {name} in the item"))
            })?;
            if value.kind() != kind.name() {
                return Err(validation(format!(
                    "One or more parameter values were invalid: Type mismatch for key {name} expected: {} actual: {}",
                    kind.name(),
                    value.kind(),
                )));
            }
            if value.size() == 0 {
                let what = if *kind == KeyKind::B { "binary" } else { "string" };
                return Err(validation(format!(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {what} \
                     value. Key: {name}"
                )));
            }
            if value.size() > longest {
                let which = if longest == LONGEST_KEYS[0] { "hashkey" } else { "rangekey" };
                return Err(validation(format!(
                    "One or more parameter values were invalid: Size of {which} has exceeded the maximum size limit of {longest} bytes"
                )));
            }
            values.push(value.clone());
        }
        let range = self.range.is_some().then(|| values.pop()).flatten();
        let hash = values.pop().ok_or_else(|| validation("The provided key element does not match the schema"))?;
        Ok(Key { hash, range })
    }

    /// The attributes of a key, as `LastEvaluatedKey` shows them.
    pub(super) fn key_item(&self, key: &Key) -> Item {
        let range = self.range.iter().zip(&key.range).map(|(attribute, value)| (attribute.name.clone(), value.clone()));
        std::iter::once((self.hash.name.clone(), key.hash.clone())).chain(range).collect()
    }

    /// Stores an item: what was there before.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn put(&mut self, item: Item) -> Result<Option<Item>, ServiceError> {
        let key = self.key_of(&item)?;
        if item.keys().any(String::is_empty) {
            return Err(validation("One or more parameter values were invalid: An attribute name may not be empty"));
        }
        if item_size(&item) > LARGEST_ITEM {
            return Err(validation("Item size has exceeded the maximum allowed size"));
        }
        Ok(self.items.insert(key, item))
    }

    /// For people and tests.
    pub(crate) fn show(&self) -> Json {
        let keys: Vec<&str> = self.key_attributes().map(|attribute| attribute.name.as_str()).collect();
        json!({ "tableName": self.name, "keys": keys, "itemCount": self.items.len() })
    }

    /// `TableDescription`.
    pub(super) fn describe(&self, arn: &str) -> Json {
        json!({
            "TableName": self.name,
            "TableArn": arn,
            "TableId": stable_uuid(&["table", arn]),
            "TableStatus": "ACTIVE",
            "CreationDateTime": CREATED_S,
            "KeySchema": self.settings.key_schema,
            "AttributeDefinitions": self.settings.attribute_definitions,
            "BillingModeSummary": { "BillingMode": "PAY_PER_REQUEST" },
            "ProvisionedThroughput": { "NumberOfDecreasesToday": 0, "ReadCapacityUnits": 0, "WriteCapacityUnits": 0 },
            "ItemCount": self.items.len(),
            "TableSizeBytes": self.items.values().map(item_size).sum::<usize>(),
            "DeletionProtectionEnabled": false,
        })
    }
}
