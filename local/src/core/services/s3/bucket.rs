//! Buckets, and how the configuration describes them.

use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::checksum::Algorithm;
use super::cors_rule::CorsRule;
use super::object::Object;

/// One bucket.
#[derive(Clone)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(super) rules: Vec<CorsRule>,
    pub(super) objects: BTreeMap<String, Object>,
}

/// All buckets, by name.
pub(crate) type Buckets = BTreeMap<String, Bucket>;

/// One `[[Bucket]]`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Settings {
    bucket: String,
    #[serde(default, rename = "CORSRules")]
    cors_rules: Vec<CorsRule>,
    #[serde(default)]
    objects: Vec<SeedObject>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SeedObject {
    key: String,
    body: String,
    content_type: Option<String>,
}

/// The longest key, in bytes.
pub(super) const LONGEST_KEY: usize = 1024;

impl Bucket {
    /// Reads one of the configuration.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(description: Json) -> Result<Self, String> {
        let Settings { bucket, cors_rules, objects } =
            serde_json::from_value(description).map_err(|error| error.to_string())?;
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(legal) || bucket.starts_with(['-', '.']) {
            return Err("the name of a bucket has 3 to 63 lower-case letters, digits, dots and hyphens".into());
        }
        cors_rules.iter().try_for_each(CorsRule::check)?;
        let mut made = Self { name: bucket, rules: cors_rules, objects: BTreeMap::new() };
        for SeedObject { key, body, content_type } in objects {
            if key.is_empty() || key.len() > LONGEST_KEY {
                return Err(format!("a Key has 1 to {LONGEST_KEY} bytes"));
            }
            let kind = content_type.unwrap_or_else(|| "text/plain; charset=utf-8".into());
            let checksum = (Algorithm::Crc64Nvme, Algorithm::Crc64Nvme.of(body.as_bytes()));
            let object = Object::new(body.into(), checksum, vec![("Content-Type".into(), kind)], CREATED_MS);
            if made.objects.insert(key.clone(), object).is_some() {
                return Err(format!("the object {key} is there twice"));
            }
        }
        Ok(made)
    }

    /// For people and tests.
    pub(crate) fn show(&self) -> Json {
        json!({ "bucket": self.name, "objectCount": self.objects.len() })
    }

    #[cfg(test)]
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.into(), rules: Vec::new(), objects: BTreeMap::new() }
    }
}

/// Buckets and objects of the configuration are as old as this: 1 January 2025.
pub(super) const CREATED_MS: u64 = 1_735_689_600_000;
