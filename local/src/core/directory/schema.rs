//! The attribute schema of a user pool: the standard attributes and the custom ones.

use serde::{Deserialize, Serialize};

use crate::core::wire::error::{ServiceError, invalid};

/// `SchemaAttributeType`, as it is shown.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SchemaAttribute {
    pub(crate) name: String,
    pub(crate) attribute_data_type: DataType,
    pub(super) developer_only_attribute: bool,
    pub(crate) mutable: bool,
    pub(crate) required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) string_attribute_constraints: Option<LengthConstraints>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number_attribute_constraints: Option<NumberConstraints>,
}

/// `SchemaAttributeType`, as it is given.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct GivenAttribute {
    pub(super) name: String,
    pub(super) attribute_data_type: Option<DataType>,
    #[serde(default)]
    pub(super) developer_only_attribute: bool,
    #[serde(default)]
    pub(super) mutable: bool,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) string_attribute_constraints: Option<LengthConstraints>,
    pub(super) number_attribute_constraints: Option<NumberConstraints>,
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

pub(super) const TEXTS: [&str; 16] = [
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
/// What the names of added attributes begin with.
pub(super) const CUSTOM: &str = "custom:";
pub(super) const DEVELOPER: &str = "dev:";

pub(super) const FLAGS: [&str; 2] = ["email_verified", "phone_number_verified"];

/// The standard attributes, changed and added to by those of `CreateUserPool`.
///
/// # Errors
/// `InvalidParameterException` for required custom, doubled and impossible attributes, and for custom ones without a type.
pub(super) fn complete(given: Vec<GivenAttribute>) -> Result<Vec<SchemaAttribute>, ServiceError> {
    let mut schema = standard();
    for attribute in given {
        match schema.iter_mut().find(|existing| existing.name == attribute.name) {
            Some(existing) => attribute.change(existing)?,
            None => attribute.add_to(&mut schema)?,
        }
    }
    Ok(schema)
}

/// "You can add up to 50 custom attributes" (Developer Guide, "Working with user attributes").
pub(super) const MOST_CUSTOM: usize = 50;

impl GivenAttribute {
    /// Changes a standard attribute, whose type is given.
    pub(super) fn change(&self, existing: &mut SchemaAttribute) -> Result<(), ServiceError> {
        let other_type = self.attribute_data_type.is_some_and(|given| given != existing.attribute_data_type);
        if self.name == "sub" || other_type || self.developer_only_attribute {
            return Err(invalid(format!(
                "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {}",
                self.name
            )));
        }
        (existing.required, existing.mutable) = (self.required, self.mutable);
        let (length, range) = self.constraints(&self.name, existing.attribute_data_type)?;
        existing.string_attribute_constraints = length.or_else(|| existing.string_attribute_constraints.take());
        existing.number_attribute_constraints = range.or_else(|| existing.number_attribute_constraints.take());
        Ok(())
    }

    /// Adds an attribute with the prefix `custom:`, or `dev:` for one that only administrators write (`SchemaAttributeType$Name`).
    pub(super) fn add_to(self, schema: &mut Vec<SchemaAttribute>) -> Result<(), ServiceError> {
        let name = format!("{}{}", if self.developer_only_attribute { DEVELOPER } else { CUSTOM }, self.name);
        let attribute_data_type = self.attribute_data_type.ok_or_else(|| {
            invalid("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")
        })?;
        if self.required {
            return Err(invalid("Required custom attributes are not supported currently."));
        }
        if schema.iter().any(|existing| existing.name == name) {
            return Err(invalid(format!("{name}: Existing attribute already has name {name}.")));
        }
        let added =
            |attribute: &&SchemaAttribute| attribute.name.starts_with(CUSTOM) || attribute.name.starts_with(DEVELOPER);
        if schema.iter().filter(added).count() == MOST_CUSTOM {
            return Err(invalid(format!("The schema can't have more than {MOST_CUSTOM} custom attributes.")));
        }
        let (string_attribute_constraints, number_attribute_constraints) =
            self.constraints(&name, attribute_data_type)?;
        schema.push(SchemaAttribute {
            developer_only_attribute: self.developer_only_attribute,
            mutable: self.mutable,
            string_attribute_constraints,
            number_attribute_constraints,
            ..plain(&name, attribute_data_type)
        });
        Ok(())
    }
}

/// "String attributes cannot have a length of more than 2048".
pub(super) const LONGEST_TEXT: f64 = 2048.0;

impl GivenAttribute {
    /// The constraints that go with a type, checked.
    pub(super) fn constraints(
        &self,
        name: &str,
        kind: DataType,
    ) -> Result<(Option<LengthConstraints>, Option<NumberConstraints>), ServiceError> {
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
pub(super) fn limit(text: &Option<String>, constraints: &str, name: &str) -> Result<Option<f64>, ServiceError> {
    let Some(text) = text.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number: &f64| digits && number.is_finite());
    number.map(Some).ok_or_else(|| invalid(format!("Invalid {constraints} for schema attribute {name}")))
}

pub(super) fn are_crossed(min: Option<f64>, max: Option<f64>) -> bool {
    min.zip(max).is_some_and(|(min, max)| max < min)
}

pub(super) fn standard() -> Vec<SchemaAttribute> {
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

pub(super) fn plain(name: &str, attribute_data_type: DataType) -> SchemaAttribute {
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
