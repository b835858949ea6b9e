//! The rates of requests that an account has. No rate is limited here: the limits are kept and given back.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::core::wire::error::{ServiceError, invalid, not_found};

/// `LimitDefinitionType`. `LimitClass` has one value.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct LimitDefinition {
    limit_class: String,
    attributes: BTreeMap<String, String>,
}

/// The limits that were raised, by region and category.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Limits(#[serde(with = "crate::core::wire::pairs")] BTreeMap<(String, String), i64>);

/// The categories and their rates in a new account (Developer Guide, "Quotas in Amazon Cognito").
const FREE: [(&str, i64); 17] = [
    ("ClientAuthentication", 150),
    ("UserAccountRecovery", 30),
    ("UserAuthentication", 120),
    ("UserCreation", 50),
    ("UserFederation", 25),
    ("UserList", 30),
    ("UserPoolClientRead", 15),
    ("UserPoolClientUpdate", 15),
    ("UserPoolRead", 15),
    ("UserPoolResourceRead", 20),
    ("UserPoolResourceUpdate", 15),
    ("UserPoolUpdate", 15),
    ("UserRead", 120),
    ("UserResourceRead", 50),
    ("UserResourceUpdate", 25),
    ("UserToken", 120),
    ("UserUpdate", 25),
];

/// How far above its free rate a category may be raised. Which maximum an account has is in Service Quotas.
const MOST_TIMES: i64 = 100;

impl Limits {
    /// `LimitType`.
    ///
    /// # Errors
    /// `InvalidParameterException`, or `ResourceNotFoundException` for an unknown category.
    pub(crate) fn describe(&self, region: &str, definition: &LimitDefinition) -> Result<Value, ServiceError> {
        let (category, free) = category(definition)?;
        let value = self.0.get(&(region.to_owned(), category.to_owned())).unwrap_or(&free);
        Ok(json!({ "LimitDefinition": definition, "ProvisionedLimitValue": value, "FreeLimitValue": free }))
    }

    /// "The value must be between the default limit and your account-level maximum limit" (`UpdateProvisionedLimit`).
    ///
    /// # Errors
    /// As [`Self::describe`], and `ServiceQuotaExceededException`.
    pub(crate) fn set(&mut self, region: &str, definition: &LimitDefinition, value: i64) -> Result<(), ServiceError> {
        let (category, free) = category(definition)?;
        if value < free {
            return Err(invalid(format!("The requested limit must be {free} or more.")));
        }
        if value > free * MOST_TIMES {
            let text = format!("The requested limit is above the quota of the account for {category}.");
            return Err(ServiceError::new("ServiceQuotaExceededException", text));
        }
        self.0.insert((region.to_owned(), category.to_owned()), value);
        Ok(())
    }
}

fn category(definition: &LimitDefinition) -> Result<(&'static str, i64), ServiceError> {
    let name = definition.attributes.get("Category").ok_or_else(|| invalid("Attributes need a Category."))?;
    let found = FREE.iter().find(|(category, _)| category == name);
    found.copied().ok_or_else(|| not_found(format!("There is no API category {name}.")))
}
