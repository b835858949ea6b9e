//! The rules of a pool about what `attributes` holds.

use std::collections::BTreeMap;

use super::PoolSettings;
use super::attributes::{Attribute, Writer, is_email, is_phone_number};
use super::schema::{DataType, SchemaAttribute};
use crate::core::wire::error::{ServiceError, invalid, not_authorized};

impl PoolSettings {
    /// Checks the attributes of a new user.
    ///
    /// # Errors
    /// `InvalidParameterException` where they don't conform to the schema, `NotAuthorizedException` where the client may not write.
    pub(crate) fn new_attributes(
        &self,
        writer: Writer<'_>,
        given: Vec<Attribute>,
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let attributes = self.checked_attributes(writer, given)?;
        if let Writer::Client(_) = writer {
            let missing =
                self.schema().iter().find(|a| a.required && a.name != "sub" && !attributes.contains_key(&a.name));
            if let Some(SchemaAttribute { name, .. }) = missing {
                return Err(nonconforming(format_args!("{name}: The attribute is required")));
            }
        }
        Ok(attributes)
    }

    /// Checks attributes that are written to a new or an existing user.
    ///
    /// # Errors
    /// As [`Self::new_attributes`], but none need be present.
    pub(crate) fn checked_attributes(
        &self,
        writer: Writer<'_>,
        given: Vec<Attribute>,
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        let mut attributes = BTreeMap::new();
        for Attribute { name, value } in given {
            let Some(schema) = self.schema().iter().find(|attribute| attribute.name == name) else {
                return Err(nonconforming(format_args!("Type for attribute {{{name}}} could not be determined")));
            };
            self.check_writable(writer, &name)?;
            check_value(schema, &value)?;
            attributes.insert(name, value);
        }
        Ok(attributes)
    }

    /// # Errors
    /// `NotAuthorizedException` where the client may not write, and for `sub`.
    pub(super) fn check_writable(&self, writer: Writer<'_>, name: &str) -> Result<(), ServiceError> {
        let writable = match writer {
            Writer::Admin => name != "sub",
            Writer::Client(client) => client.may_write(name),
        };
        let refusal = || not_authorized("A client attempted to write unauthorized attribute");
        writable.then_some(()).ok_or_else(refusal)
    }
}

pub(super) fn check_value(schema: &SchemaAttribute, value: &str) -> Result<(), ServiceError> {
    let name = &schema.name;
    match name.as_str() {
        "email" if !value.is_empty() && !is_email(value) => return Err(invalid("Invalid email address format.")),
        "phone_number" if !value.is_empty() && !is_phone_number(value) => {
            return Err(invalid("Invalid phone number format."));
        }
        _ => {}
    }
    if let Some(limits) = &schema.string_attribute_constraints {
        let length = value.chars().count();
        let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<usize>().ok());
        if bound(&limits.min_length).is_some_and(|min| length < min) {
            return Err(nonconforming(format_args!("{name}: String is too short")));
        }
        if bound(&limits.max_length).is_some_and(|max| length > max) {
            return Err(nonconforming(format_args!("{name}: String is too long")));
        }
    }
    match schema.attribute_data_type {
        DataType::Boolean if value != "true" && value != "false" => {
            Err(nonconforming(format_args!("{name}: Boolean value is invalid")))
        }
        DataType::Number => check_number(schema, value),
        _ => Ok(()),
    }
}

pub(super) fn check_number(schema: &SchemaAttribute, value: &str) -> Result<(), ServiceError> {
    let name = &schema.name;
    let number: f64 = value.parse().map_err(|_| nonconforming(format_args!("{name}: Number value is invalid")))?;
    let limits = schema.number_attribute_constraints.clone().unwrap_or_default();
    let bound = |text: Option<String>| text.and_then(|text| text.parse::<f64>().ok());
    let outside = bound(limits.min_value).is_some_and(|min| number < min)
        || bound(limits.max_value).is_some_and(|max| number > max);
    if outside || !number.is_finite() {
        Err(nonconforming(format_args!("{name}: Number is out of range")))
    } else {
        Ok(())
    }
}

pub(super) fn nonconforming(what: std::fmt::Arguments<'_>) -> ServiceError {
    invalid(format!("Attributes did not conform to the schema: {what}\n"))
}
