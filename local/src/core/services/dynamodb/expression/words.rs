//! `ExpressionAttributeNames` and `ExpressionAttributeValues`: what `#name` and `:value` stand for.

use serde_json::{Map, Value as Json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::core::services::dynamodb::exceptions::validation;
use crate::core::services::dynamodb::value::{Item, Value, read_item};
use crate::core::wire::error::ServiceError;

/// Names and values, and which of them were used.
pub(in crate::core::services::dynamodb) struct Words {
    names: BTreeMap<String, String>,
    values: Item,
    used: RefCell<BTreeSet<String>>,
}

const NAMES: &str = "ExpressionAttributeNames";
const VALUES: &str = "ExpressionAttributeValues";

impl Words {
    /// Reads them; `any` says whether the request has an expression at all, `valued` whether it has one that may have values.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn read(
        names: Option<BTreeMap<String, String>>,
        values: Option<Map<String, Json>>,
        any: bool,
        valued: bool,
    ) -> Result<Self, ServiceError> {
        let only = |what| validation(format!("{what} can only be specified when using expressions"));
        let empty = |what| validation(format!("{what} must not be empty"));
        match (&names, &values) {
            (Some(_), _) if !any => return Err(only(NAMES)),
            (_, Some(_)) if !valued => return Err(only(VALUES)),
            (Some(names), _) if names.is_empty() => return Err(empty(NAMES)),
            (_, Some(values)) if values.is_empty() => return Err(empty(VALUES)),
            _ => {}
        }
        let names = names.unwrap_or_default();
        let values = read_item(&values.unwrap_or_default())?;
        let syntax =
            |what, key: &String| validation(format!("{what} contains invalid key: Syntax error; key: \"{key}\""));
        if let Some(key) = names.keys().find(|key| !is_marked(key, '#')) {
            return Err(syntax(NAMES, key));
        }
        if let Some(key) = values.keys().find(|key| !is_marked(key, ':')) {
            return Err(syntax(VALUES, key));
        }
        Ok(Self { names, values, used: RefCell::default() })
    }

    pub(super) fn name(&self, word: &str) -> Option<&String> {
        let found = self.names.get_key_value(word)?;
        self.used.borrow_mut().insert(found.0.clone());
        Some(found.1)
    }

    pub(super) fn value(&self, word: &str) -> Option<&Value> {
        let found = self.values.get_key_value(word)?;
        self.used.borrow_mut().insert(found.0.clone());
        Some(found.1)
    }

    /// To be asked when all expressions were read.
    ///
    /// # Errors
    /// `ValidationException` when a name or a value was given for nothing.
    pub(in crate::core::services::dynamodb) fn all_used(&self) -> Result<(), ServiceError> {
        let used = self.used.borrow();
        for (what, keys) in [(NAMES, self.names.keys().collect::<Vec<_>>()), (VALUES, self.values.keys().collect())] {
            let unused: Vec<&str> = keys.into_iter().filter(|key| !used.contains(*key)).map(String::as_str).collect();
            if !unused.is_empty() {
                return Err(validation(format!(
                    "Value provided in {what} unused in expressions: keys: {{{}}}",
                    unused.join(", ")
                )));
            }
        }
        Ok(())
    }
}

fn is_marked(key: &str, mark: char) -> bool {
    key.strip_prefix(mark)
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}
