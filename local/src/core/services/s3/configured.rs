//! The buckets of the configuration.

use serde_json::{Map, Value};

use super::address::is_taken;
use super::bucket::Bucket;
use crate::core::world::settings::ConfigError;

pub(crate) fn read_buckets(list: Vec<Map<String, Value>>) -> Result<Vec<Bucket>, ConfigError> {
    let mut buckets: Vec<Bucket> = Vec::new();
    for description in list {
        let name = description.get("Bucket").and_then(Value::as_str).unwrap_or("without Bucket").to_owned();
        let wrong = |text: String| ConfigError(format!("bucket {name}: {text}"));
        if buckets.iter().any(|other| other.name == name) {
            return Err(wrong("it is there twice".into()));
        }
        if is_taken(&name) {
            return Err(wrong("poolpass-local has something else at this address".into()));
        }
        buckets.push(Bucket::read(description.into()).map_err(wrong)?);
    }
    Ok(buckets)
}
