//! Reading the parts of a configuration file.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

use crate::core::wire::error::ServiceError;

/// A configuration file that can't be used, with the reason and the place.
#[derive(Debug)]
pub struct ConfigError(pub(crate) String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

pub(crate) fn read_all<T: DeserializeOwned>(
    objects: Vec<Map<String, Value>>,
    place: &str,
) -> Result<Vec<T>, ConfigError> {
    let read = |object| serde_json::from_value(Value::Object(object));
    objects.into_iter().map(read).collect::<Result<_, _>>().map_err(|error| ConfigError(format!("{place}: {error}")))
}

pub(crate) fn string(object: &mut Map<String, Value>, key: &str, place: &str) -> Result<String, ConfigError> {
    match object.remove(key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(ConfigError(format!("{place} needs {key} = \"…\""))),
    }
}

pub(crate) fn list(
    object: &mut Map<String, Value>,
    key: &str,
    place: &str,
) -> Result<Vec<Map<String, Value>>, ConfigError> {
    let wrong = || ConfigError(format!("{place}: {key} must be written as [[…{key}]]"));
    match object.remove(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items
            .into_iter()
            .map(|item| match item {
                Value::Object(object) => Ok(object),
                _ => Err(wrong()),
            })
            .collect(),
        Some(_) => Err(wrong()),
    }
}

pub(crate) fn nothing_else(object: &Map<String, Value>, place: &str) -> Result<(), ConfigError> {
    object.keys().next().map_or(Ok(()), |key| Err(ConfigError(format!("{place}: {key} is not known here"))))
}

pub(crate) fn located(place: &str, error: &ServiceError) -> ConfigError {
    ConfigError(format!("{place}: {}", error.message))
}
