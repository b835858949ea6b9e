//! All tables.

use std::collections::BTreeMap;

use super::error::not_found;
use super::table::Table;
use crate::core::iam::ACCOUNT;
use crate::core::wire::error::ServiceError;

/// The tables of one emulator.
pub(crate) struct Tables {
    region: String,
    by_name: BTreeMap<String, Table>,
}

impl Tables {
    pub(crate) fn new(region: &str, tables: impl IntoIterator<Item = Table>) -> Self {
        let by_name = tables.into_iter().map(|table| (table.name.clone(), table)).collect();
        Self { region: region.into(), by_name }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Table> {
        self.by_name.values()
    }

    /// The ARN of a table that a request names by its name or its ARN.
    pub(super) fn arn(&self, name: &str) -> String {
        if name.starts_with("arn:") { name.into() } else { self.prefix() + name }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Table> {
        self.by_name.get(name.strip_prefix(&self.prefix()).unwrap_or(name))
    }

    /// # Errors
    /// `ResourceNotFoundException`.
    pub(super) fn get(&mut self, name: &str) -> Result<&mut Table, ServiceError> {
        let name = name.strip_prefix(&self.prefix()).unwrap_or(name).to_owned();
        self.by_name.get_mut(&name).ok_or_else(|| not_found("Requested resource not found"))
    }

    fn prefix(&self) -> String {
        format!("arn:aws:dynamodb:{}:{ACCOUNT}:table/", self.region)
    }
}
