//! The secrets of a confidential client.

use hmac::Mac as _;
use serde_json::{Value, json};

use crate::core::wire::date::epoch_seconds;

/// One of the secrets that are good at a time.
#[derive(Clone)]
pub(super) struct ClientSecret {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) created_ms: u64,
}

impl ClientSecret {
    /// The id is `<client-id>--<epoch-create-time>` (`ClientSecretDescriptorType`).
    pub(super) fn new(client_id: &str, value: String, now_ms: u64) -> Self {
        Self { id: format!("{client_id}--{now_ms}"), value, created_ms: now_ms }
    }

    /// `ClientSecretDescriptorType` without the value.
    pub(super) fn describe(&self) -> Value {
        json!({ "ClientSecretId": self.id, "ClientSecretCreateDate": epoch_seconds(self.created_ms) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::directory::ClientSettings;

    #[test]
    fn every_secret_hash_vector_is_accepted_and_no_other() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/secret_hash.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 21);
        for case in cases {
            let text = |key: &str| case[key].as_str().unwrap();
            let settings =
                ClientSettings { client_secret: Some(text("client_secret").into()), ..ClientSettings::default() };
            let client = AppClient::new(text("client_id").into(), settings, 0);
            assert!(client.check_secret_hash(text("username"), Some(text("secret_hash"))).is_ok(), "{case}");
            let other = format!("{}x", text("username"));
            assert!(client.check_secret_hash(&other, Some(text("secret_hash"))).is_err(), "{case}");
            assert!(client.check_secret_hash(text("username"), None).is_err(), "{case}");
        }
    }
}
