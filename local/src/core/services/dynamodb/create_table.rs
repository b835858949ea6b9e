//! What is understood of `CreateTable`.

use serde::{Deserialize, Serialize};

use super::key_attribute::{KeyAttribute, KeyKind};
use crate::core::wire::error::{ServiceError, invalid};

/// What is understood of `CreateTable`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct TableSettings {
    pub(super) table_name: String,
    pub(super) key_schema: Vec<KeyElement>,
    pub(super) attribute_definitions: Vec<AttributeDefinition>,
    pub(super) billing_mode: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct KeyElement {
    pub(super) attribute_name: String,
    pub(super) key_type: String,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AttributeDefinition {
    pub(super) attribute_name: String,
    pub(super) attribute_type: String,
}

impl TableSettings {
    pub(super) fn keys(&self) -> Result<(KeyAttribute, Option<KeyAttribute>), ServiceError> {
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
