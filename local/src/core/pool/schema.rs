//! The attribute schema of a user pool: the standard attributes and the custom ones.

use serde::{Deserialize, Serialize};

use crate::core::error::{ServiceError, invalid, unsupported};

/// `SchemaAttributeType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SchemaAttribute {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) attribute_data_type: DataType,
    #[serde(default)]
    developer_only_attribute: bool,
    #[serde(default)]
    pub(crate) mutable: bool,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) string_attribute_constraints: Option<LengthConstraints>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) number_attribute_constraints: Option<NumberConstraints>,
}

/// `AttributeDataType`.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Serialize)]
pub(crate) enum DataType {
    Boolean,
    DateTime,
    Number,
    #[default]
    String,
}

/// `StringAttributeConstraintsType`: numbers as text.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct LengthConstraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_length: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_length: Option<String>,
}

/// `NumberAttributeConstraintsType`: numbers as text.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct NumberConstraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_value: Option<String>,
}

const TEXTS: [&str; 16] = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "gender",
    "zoneinfo",
    "locale",
    "phone_number",
    "address",
    "birthdate",
];
const FLAGS: [&str; 2] = ["email_verified", "phone_number_verified"];

/// The standard attributes, changed and added to by those of `CreateUserPool`. Custom ones get the prefix `custom:`.
///
/// # Errors
/// `InvalidParameterException` for developer-only, required custom, doubled and impossible attributes.
pub(super) fn complete(given: Vec<SchemaAttribute>) -> Result<Vec<SchemaAttribute>, ServiceError> {
    let mut schema = standard();
    for mut attribute in given {
        if attribute.developer_only_attribute {
            return Err(unsupported(format_args!("DeveloperOnlyAttribute ({})", attribute.name)));
        }
        if let Some(existing) = schema.iter_mut().find(|existing| existing.name == attribute.name) {
            if attribute.name == "sub" || existing.attribute_data_type != attribute.attribute_data_type {
                return Err(invalid(format!(
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {}",
                    attribute.name
                )));
            }
            (existing.required, existing.mutable) = (attribute.required, attribute.mutable);
            existing.string_attribute_constraints =
                attribute.string_attribute_constraints.or_else(|| existing.string_attribute_constraints.take());
            continue;
        }
        attribute.name = format!("custom:{}", attribute.name);
        if attribute.required {
            return Err(invalid("Required custom attributes are not supported currently."));
        }
        if schema.iter().any(|existing| existing.name == attribute.name) {
            return Err(invalid(format!("Invalid schema: attribute {} is given twice", attribute.name)));
        }
        schema.push(attribute);
    }
    Ok(schema)
}

fn standard() -> Vec<SchemaAttribute> {
    let text = |name: &str, min: &str, max: &str| SchemaAttribute {
        string_attribute_constraints: Some(LengthConstraints {
            min_length: Some(min.into()),
            max_length: Some(max.into()),
        }),
        ..plain(name, DataType::String)
    };
    let mut schema = vec![SchemaAttribute { mutable: false, required: true, ..text("sub", "1", "2048") }];
    schema.extend(TEXTS.map(|name| if name == "birthdate" { text(name, "10", "10") } else { text(name, "0", "2048") }));
    schema.extend(FLAGS.map(|name| plain(name, DataType::Boolean)));
    let from_zero = NumberConstraints { min_value: Some("0".into()), max_value: None };
    schema.push(SchemaAttribute {
        number_attribute_constraints: Some(from_zero),
        ..plain("updated_at", DataType::Number)
    });
    schema
}

fn plain(name: &str, attribute_data_type: DataType) -> SchemaAttribute {
    SchemaAttribute {
        name: name.into(),
        attribute_data_type,
        developer_only_attribute: false,
        mutable: true,
        required: false,
        string_attribute_constraints: None,
        number_attribute_constraints: None,
    }
}
