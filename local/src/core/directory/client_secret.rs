//! The secrets of a confidential client.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::core::wire::date::epoch_seconds;

/// One of the secrets that are good at a time.
#[derive(Clone, Deserialize, Serialize)]
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
