//! The attribute schema of a user pool: the standard attributes and the custom ones.

use serde::{Deserialize, Serialize};

use crate::core::wire::error::{ServiceError, invalid, unsupported};

/// `SchemaAttributeType`, as it is shown.
#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SchemaAttribute {
    pub(crate) name: String,
    pub(crate) attribute_data_type: DataType,
    developer_only_attribute: bool,
    pub(crate) mutable: bool,
    pub(crate) required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) string_attribute_constraints: Option<LengthConstraints>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number_attribute_constraints: Option<NumberConstraints>,
}

/// `SchemaAttributeType`, as it is given.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GivenAttribute {
    name: String,
    attribute_data_type: Option<DataType>,
    #[serde(default)]
    developer_only_attribute: bool,
    #[serde(default)]
    mutable: bool,
    #[serde(default)]
    required: bool,
    string_attribute_constraints: Option<LengthConstraints>,
    number_attribute_constraints: Option<NumberConstraints>,
}

/// `AttributeDataType`.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
pub(crate) enum DataType {
    Boolean,
    DateTime,
    Number,
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
/// `InvalidParameterException` for developer-only, required custom, doubled and impossible attributes, and for custom ones without
/// a type.
pub(super) fn complete(given: Vec<GivenAttribute>) -> Result<Vec<SchemaAttribute>, ServiceError> {
    let mut schema = standard();
    for mut attribute in given {
        if attribute.developer_only_attribute {
            return Err(unsupported(format_args!("DeveloperOnlyAttribute ({})", attribute.name)));
        }
        if let Some(existing) = schema.iter_mut().find(|existing| existing.name == attribute.name) {
            let other_type = attribute.attribute_data_type.is_some_and(|given| given != existing.attribute_data_type);
            if attribute.name == "sub" || other_type {
                return Err(invalid(format!(
                    "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {}",
                    attribute.name
                )));
            }
            (existing.required, existing.mutable) = (attribute.required, attribute.mutable);
            let (length, range) = attribute.constraints(existing.attribute_data_type)?;
            existing.string_attribute_constraints = length.or_else(|| existing.string_attribute_constraints.take());
            existing.number_attribute_constraints = range.or_else(|| existing.number_attribute_constraints.take());
            continue;
        }
        attribute.name = format!("custom:{}", attribute.name);
        let attribute_data_type = attribute.attribute_data_type.ok_or_else(|| {
            invalid("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")
        })?;
        if attribute.required {
            return Err(invalid("Required custom attributes are not supported currently."));
        }
        if schema.iter().any(|existing| existing.name == attribute.name) {
            return Err(invalid(format!("Invalid schema: attribute {} is given twice", attribute.name)));
        }
        let (string_attribute_constraints, number_attribute_constraints) =
            attribute.constraints(attribute_data_type)?;
        schema.push(SchemaAttribute {
            mutable: attribute.mutable,
            string_attribute_constraints,
            number_attribute_constraints,
            ..plain(&attribute.name, attribute_data_type)
        });
    }
    Ok(schema)
}

/// "String attributes cannot have a length of more than 2048".
const LONGEST_TEXT: f64 = 2048.0;

impl GivenAttribute {
    /// The constraints that go with a type, checked.
    fn constraints(
        &self,
        kind: DataType,
    ) -> Result<(Option<LengthConstraints>, Option<NumberConstraints>), ServiceError> {
        let name = &self.name;
        match (kind, &self.string_attribute_constraints, &self.number_attribute_constraints) {
            (DataType::String, Some(length), _) => {
                let limit = |text| limit(text, "StringAttributeConstraints", name);
                let (min, max) = (limit(&length.min_length)?, limit(&length.max_length)?);
                if [min, max].into_iter().flatten().any(|limit| limit > LONGEST_TEXT) {
                    return Err(invalid(format!(
                        "user.{name}: String attributes cannot have a length of more than 2048"
                    )));
                }
                if are_crossed(min, max) {
                    return Err(invalid(format!("user.{name}: Max length cannot be less than min length.")));
                }
                Ok((Some(length.clone()), None))
            }
            (DataType::Number, _, Some(range)) => {
                let limit = |text| limit(text, "NumberAttributeConstraints", name);
                if are_crossed(limit(&range.min_value)?, limit(&range.max_value)?) {
                    return Err(invalid(format!("user.{name}: Max value cannot be less than min value.")));
                }
                Ok((None, Some(range.clone())))
            }
            _ => Ok((None, None)),
        }
    }
}

/// A limit, which is written as digits.
fn limit(text: &Option<String>, constraints: &str, name: &str) -> Result<Option<f64>, ServiceError> {
    let Some(text) = text.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number: &f64| digits && number.is_finite());
    number.map(Some).ok_or_else(|| invalid(format!("Invalid {constraints} for schema attribute {name}")))
}

fn are_crossed(min: Option<f64>, max: Option<f64>) -> bool {
    min.zip(max).is_some_and(|(min, max)| max < min)
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
